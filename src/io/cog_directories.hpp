// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/cog_header.hpp"
#include "src/io/tiff_tags.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace cogmill::io {

/// A directory of the output before it has a place: its tags by number, without the arrays of its
/// tiles.
struct CogDirectory {
  std::size_t level = 0;  ///< whose image or mask it describes
  bool mask = false;
  std::map<std::uint16_t, TiffTag> tags;
  std::uint64_t tiles = 0;  ///< length of TileOffsets and TileByteCounts
};

/// All directories of the output in the order of the file.
std::vector<CogDirectory> cog_directories(const CogStructure& s);

}  // namespace cogmill::io
