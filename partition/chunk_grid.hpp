// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/tile_grid.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::partition {

/// How many tiles a chunk has. Both sides are powers of two, across >= down, so that the first
/// `levels` = log2(down) overview levels have whole tiles inside the chunk.
///
///     level 0   8 x 4 tiles        level 1   4 x 2        level 2   2 x 1
struct ChunkShape {
  std::int64_t across = 1;
  std::int64_t down = 1;
  int levels = 0;
  friend constexpr bool operator==(const ChunkShape&, const ChunkShape&) = default;
};

/// Chooses the shape from the grid alone, never from ranks, threads or memory: as large as stays
/// within `target_bytes` of pixels, but at least 2 x 2 tiles, or overviews could not close.
/// @param pixel_bytes bytes that one pixel of all bands takes while it is processed
ChunkShape choose_chunk_shape(const TileGrid& grid, std::int64_t pixel_bytes,
                              std::int64_t target_bytes);

/// A level cut into chunks, row-major. Chunks at the right and bottom edge may be smaller.
struct ChunkGrid {
  TileGrid tiles;
  ChunkShape shape;

  constexpr std::int64_t across() const { return ceil_div(tiles.across(), shape.across); }
  constexpr std::int64_t down() const { return ceil_div(tiles.down(), shape.down); }
  constexpr std::int64_t count() const { return across() * down(); }
  /// Tiles of the overview `up` levels above this one that belong to the chunk (up = 0: of this
  /// one). Every tile of a level belongs to exactly one chunk. May be empty at the edges.
  /// @pre grid is the tile grid of that level, 0 <= up <= shape.levels
  TileRange owned_tiles(std::int64_t chunk, const TileGrid& grid, int up) const;
};

/// The overviews are made in rounds. Round 0 makes full resolution and the levels that close inside
/// its chunks; each later round starts from the last level of the round before it.
struct Round {
  int source_level = 0;  ///< level its chunks are cut from
  int first_level = 0;   ///< first level it writes: 0 in round 0, else source_level + 1
  int last_level = 0;    ///< last level it writes
  ChunkGrid chunks;
};

/// Rounds after the first may have smaller chunks. @param shape of the first round's chunks
/// @param levels full resolution first   @return at least one round; together they write every
/// level
std::vector<Round> plan_rounds(const std::vector<LevelSize>& levels, std::int64_t tile,
                               const ChunkShape& shape);

}  // namespace cogmill::partition
