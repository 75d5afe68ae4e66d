// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/chunk_blocks.hpp"

#include <cstddef>

namespace cogmill::plan {
namespace {

using partition::LevelSize;
using partition::Window;

/// The pixels of `below` from which the window of `above` is computed.
Window source_window(kernels::Resampling resampling, const LevelSize& below, const LevelSize& above,
                     const Window& w) {
  if (w.empty()) return {};
  const auto cols =
      kernels::overview_source_range(resampling, below.width, above.width, {w.col, w.col_end()});
  const auto rows =
      kernels::overview_source_range(resampling, below.height, above.height, {w.row, w.row_end()});
  return partition::from_edges(cols.begin, rows.begin, cols.end, rows.end);
}

}  // namespace

std::vector<LevelBlock> chunk_blocks(const partition::Round& round, std::int64_t chunk,
                                     const std::vector<LevelSize>& levels,
                                     kernels::Resampling resampling) {
  std::vector<LevelBlock> blocks;
  for (int level = round.source_level; level <= round.last_level; ++level) {
    const partition::TileGrid grid{levels[static_cast<std::size_t>(level)],
                                   round.chunks.tiles.tile};
    LevelBlock block{level, {}, {}};
    block.tiles = round.chunks.owned_tiles(chunk, grid, level - round.source_level);
    if (block.tiles.empty() && level > round.source_level) break;
    if (level < round.first_level) {
      block.tiles = {};  // an earlier round has written them
    } else {
      block.pixels = grid.window(block.tiles);
    }
    blocks.push_back(block);
  }
  for (std::size_t i = blocks.size() - 1; i > 0; --i) {
    const auto below = static_cast<std::size_t>(blocks[i - 1].level);
    blocks[i - 1].pixels = partition::bounding(
        blocks[i - 1].pixels,
        source_window(resampling, levels[below], levels[below + 1], blocks[i].pixels));
  }
  return blocks;
}

}  // namespace cogmill::plan
