// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/overview.hpp"
#include "partition/chunk_grid.hpp"
#include "partition/window.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::plan {

/// One level of a chunk.
struct LevelBlock {
  int level = 0;
  partition::TileRange
      tiles;                 ///< tiles of this level that the chunk writes; empty on a source level
  partition::Window pixels;  ///< what has to be in memory: its tiles, and what the next level reads
};

/// The levels of a chunk, from the level it starts from to the last one it writes. Levels of which
/// the chunk owns nothing are left out, with all above them.
///
///     level 1            +---------+            pixels = own tiles and the halo that level 2 reads
///     level 0   +--------------------------+    pixels = own tiles and the halo that level 1 reads
///
/// Halos are read again rather than exchanged: a chunk needs nothing from its neighbours.
std::vector<LevelBlock> chunk_blocks(const partition::Round& round, std::int64_t chunk,
                                     const std::vector<partition::LevelSize>& levels,
                                     kernels::Resampling resampling);

}  // namespace cogmill::plan
