// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace cogmill::partition {

/// Bytes of every compressed tile of one level; 0 marks a sparse tile, which takes no room.
/// Separate planes follow one another: index = plane * tiles + tile.
struct LevelTileBytes {
  std::vector<std::uint32_t> image;
  std::vector<std::uint32_t> mask;  ///< one per tile, or empty: no mask
};

/// Position of every tile's payload; 0 for sparse tiles. Shaped like LevelTileBytes.
struct LevelTileOffsets {
  std::vector<std::uint64_t> image;
  std::vector<std::uint64_t> mask;
};

struct FileLayout {
  std::vector<LevelTileOffsets> levels;  ///< full resolution first, as the sizes
  std::uint64_t file_bytes = 0;          ///< exact size of the file
};

/// How tiles stand in the file.
struct FrameRule {
  std::uint32_t leader = 4;      ///< bytes before each payload (COG: its size)
  std::uint32_t trailer = 4;     ///< bytes after it (COG: its last 4 bytes again)
  bool mask_interleaved = true;  ///< mask tile right behind its image tile; else after the level
};

/// Places all tiles of a file: smallest level first, row-major in a level, planes one after
/// another. Pure prefix sums: every rank computes the same layout from the same sizes.
/// @param levels full resolution first   @param data_begin where the first frame begins
FileLayout place_tiles(const std::vector<LevelTileBytes>& levels, const FrameRule& rule,
                       std::uint64_t data_begin);

}  // namespace cogmill::partition
