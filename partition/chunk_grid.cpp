// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/chunk_grid.hpp"

#include <algorithm>
#include <bit>

namespace cogmill::partition {
namespace {

/// Largest power of two <= n. @pre n >= 1
std::int64_t floor_pow2(std::int64_t n) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n)));
}

std::int64_t ceil_pow2(std::int64_t n) {
  return static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(n)));
}

std::int64_t floor_sqrt(std::int64_t n) {
  std::int64_t root = 0;
  while ((root + 1) * (root + 1) <= n) ++root;
  return root;
}

/// Later rounds start from few tiles: in small chunks, lest most ranks wait for the others.
constexpr std::int64_t kFewTiles = 1024;
constexpr ChunkShape kSmallChunk{2, 2, 1};

}  // namespace

ChunkShape choose_chunk_shape(const TileGrid& grid, std::int64_t pixel_bytes,
                              std::int64_t target_bytes) {
  constexpr std::int64_t kMostTilesDown = 8;  // taller chunks close more levels, but need more halo
  const std::int64_t tile_bytes = grid.tile * grid.tile * pixel_bytes;
  const std::int64_t tiles = std::max<std::int64_t>(4, target_bytes / tile_bytes);
  const std::int64_t square = floor_pow2(floor_sqrt(std::min<std::int64_t>(tiles, 1 << 20)));
  ChunkShape shape;
  shape.down = std::clamp<std::int64_t>(square, 2, kMostTilesDown);
  shape.across = std::max(shape.down, floor_pow2(tiles / shape.down));
  // Not wider than the image: a chunk that is one image wide needs no neighbours at its sides.
  shape.across = std::max(shape.down, std::min(shape.across, ceil_pow2(grid.across())));
  shape.levels = std::countr_zero(static_cast<std::uint64_t>(shape.down));
  return shape;
}

TileRange ChunkGrid::owned_tiles(std::int64_t chunk, const TileGrid& grid, int up) const {
  const std::int64_t chunk_col = chunk % across();
  const std::int64_t chunk_row = chunk / across();
  const std::int64_t wide = shape.across >> up;
  const std::int64_t high = shape.down >> up;
  return {std::min(chunk_col * wide, grid.across()), std::min(chunk_row * high, grid.down()),
          std::min((chunk_col + 1) * wide, grid.across()),
          std::min((chunk_row + 1) * high, grid.down())};
}

std::vector<Round> plan_rounds(const std::vector<LevelSize>& levels, std::int64_t tile,
                               const ChunkShape& shape) {
  const int last = static_cast<int>(levels.size()) - 1;
  std::vector<Round> rounds;
  int source = 0;
  do {
    const TileGrid grid{levels[static_cast<std::size_t>(source)], tile};
    const bool few = !rounds.empty() && grid.count() <= kFewTiles;
    const ChunkShape chunk = few ? kSmallChunk : shape;
    const int end = std::min(last, source + chunk.levels);
    rounds.push_back({source, rounds.empty() ? 0 : source + 1, end, {grid, chunk}});
    source = end;
  } while (source < last);
  return rounds;
}

}  // namespace cogmill::partition
