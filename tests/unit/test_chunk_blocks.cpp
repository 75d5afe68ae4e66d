// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/pyramid.hpp"
#include "src/plan/chunk_blocks.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cogmill::plan {
namespace {

using kernels::Resampling;
using partition::LevelSize;

constexpr std::int64_t kTile = 128;

const Resampling kAll[] = {Resampling::kNearest, Resampling::kAverage, Resampling::kBilinear,
                           Resampling::kCubic, Resampling::kMode};

/// What a level needs is in the level below, and a chunk's own tiles are in memory.
TEST(ChunkBlocks, HoldTheirTilesAndWhatTheNextLevelReads) {
  for (const LevelSize size : {LevelSize{1, 1}, LevelSize{1023, 1025}, LevelSize{3001, 1777},
                               LevelSize{1, 5000}, LevelSize{129, 128}}) {
    const auto levels = partition::pyramid_levels(size, kTile, std::nullopt);
    const auto shape = partition::ChunkShape{8, 4, 2};
    for (const auto& round : partition::plan_rounds(levels, kTile, shape))
      for (const Resampling resampling : kAll)
        for (std::int64_t chunk = 0; chunk < round.chunks.count(); ++chunk) {
          const auto blocks = chunk_blocks(round, chunk, levels, resampling);
          ASSERT_FALSE(blocks.empty());
          for (std::size_t i = 0; i < blocks.size(); ++i) {
            const LevelSize level = levels[static_cast<std::size_t>(blocks[i].level)];
            const partition::TileGrid grid{level, kTile};
            EXPECT_TRUE(grid.image().contains(blocks[i].pixels));
            EXPECT_TRUE(blocks[i].pixels.contains(grid.window(blocks[i].tiles)) ||
                        blocks[i].tiles.empty());
            EXPECT_EQ(blocks[i].tiles.empty(), blocks[i].level < round.first_level);
            if (i == 0) continue;
            const LevelSize below = levels[static_cast<std::size_t>(blocks[i - 1].level)];
            const auto& w = blocks[i].pixels;
            const auto cols = kernels::overview_source_range(resampling, below.width, level.width,
                                                             {w.col, w.col_end()});
            EXPECT_LE(blocks[i - 1].pixels.col, cols.begin);
            EXPECT_GE(blocks[i - 1].pixels.col_end(), cols.end);
          }
        }
  }
}

TEST(ChunkBlocks, EvenSizesNeedNoHaloForAverage) {
  const auto levels = partition::pyramid_levels({4096, 4096}, kTile, std::nullopt);
  const auto round = partition::plan_rounds(levels, kTile, {8, 8, 3}).front();
  for (std::int64_t chunk = 0; chunk < round.chunks.count(); ++chunk) {
    const auto blocks = chunk_blocks(round, chunk, levels, Resampling::kAverage);
    ASSERT_EQ(blocks.size(), 4U);
    EXPECT_EQ(blocks.front().pixels,
              (partition::TileGrid{levels[0], kTile}.window(blocks.front().tiles)));
  }
}

}  // namespace
}  // namespace cogmill::plan
