// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/byte_reader.hpp"
#include "src/io/cog_levels.hpp"
#include "src/io/ghost_area.hpp"

#include <string>
#include <vector>

namespace cogmill::io {

/// What a ghost area promises of every block of the file.
struct BlockPromises {
  bool row_major = false;         ///< offsets never decrease
  bool leader = false;            ///< the size stands in the four bytes before a block
  bool trailer = false;           ///< its last four bytes stand behind it once more
  bool mask_interleaved = false;  ///< the mask's block follows its image's
  bool block_major = false;       ///< INTERLEAVE=TILE: all bands of a block, then the next block

  explicit BlockPromises(const GhostArea& ghost);
  bool any() const { return row_major || leader || trailer || mask_interleaved; }
};

/// Looks at every block of a level. Reads 12 bytes of each.
/// @param mask the level's mask, or nullptr   @param name "Overview 0"
/// @return what is wrong, one line each; at most ten of a kind and one that counts the others
std::vector<std::string> check_blocks(ByteReader& file, const BlockPromises& promises,
                                      const CogLevel& level, const CogLevel* mask,
                                      const std::string& name);

}  // namespace cogmill::io
