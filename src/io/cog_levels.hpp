// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/tiff_walk.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

/// One image of a pyramid as its directory lays it out in the file.
struct CogLevel {
  std::int64_t ifd_offset = 0;                     ///< [bytes]
  std::int64_t width = 0, height = 0;              ///< [px], 1 .. 2^31 - 1
  std::int64_t block_width = 0, block_height = 0;  ///< [px]
  bool tiled = false;
  std::int64_t planes = 1;  ///< bands stored apart from each other, else 1
  int compression = 1;      ///< TIFF's number
  /// [bytes] of each block: row-major, all blocks of plane 0, then of plane 1, ...
  std::vector<std::uint64_t> offsets, byte_counts;

  std::int64_t blocks_across() const { return (width + block_width - 1) / block_width; }
  std::int64_t blocks_down() const { return (height + block_height - 1) / block_height; }
  std::int64_t blocks_per_plane() const { return blocks_across() * blocks_down(); }
  bool is_sparse(std::int64_t block) const {
    const auto i = static_cast<std::size_t>(block);
    return offsets[i] == 0 || byte_counts[i] == 0;
  }
  /// @return the offset of the first block with data of plane 0 [bytes], 0 if there is none
  std::int64_t first_data() const;
};

/// The pyramid of the file's first image. Pages that belong to neither are left out.
struct CogLevels {
  CogLevel main;
  std::vector<CogLevel> overviews;       ///< in the order of their directories
  std::optional<CogLevel> mask;          ///< of main
  std::vector<CogLevel> mask_overviews;  ///< in the order of their directories

  /// @return the mask of overview `i`: the mask overview of its size, or nullptr
  const CogLevel* mask_of_overview(std::size_t i) const;
};

/// Blocks are counted before anything is allocated; at most 2^25 a level.
/// @throws report::RuntimeError that says what is wrong with which directory
CogLevels read_cog_levels(const TiffWalk& file);

}  // namespace cogmill::io
