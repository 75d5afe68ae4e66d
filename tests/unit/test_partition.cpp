// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/chunk_grid.hpp"
#include "partition/pyramid.hpp"
#include "partition/rank_ranges.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <tuple>
#include <vector>

namespace cogmill::partition {
namespace {

const std::vector<LevelSize> kSizes = {{1, 1},       {1, 100000}, {100000, 1}, {511, 512},
                                       {512, 512},   {513, 511},  {2, 3},      {17999, 8191},
                                       {3001, 2999}, {65537, 40}};

TEST(Window, IntersectsAndBounds) {
  const Window a{10, 20, 30, 40};
  const Window b{35, 0, 100, 25};
  EXPECT_EQ(intersect(a, b), (Window{35, 20, 5, 5}));
  EXPECT_EQ(bounding(a, b), (Window{10, 0, 125, 60}));
  EXPECT_TRUE(intersect(a, Window{100, 100, 5, 5}).empty());
  EXPECT_EQ(bounding(a, Window{}), a);
  EXPECT_EQ(relative_to(a, 10, 20), (Window{0, 0, 30, 40}));
}

TEST(TileGrid, TilesCoverTheLevelOnce) {
  for (const LevelSize& size : kSizes) {
    const TileGrid grid{size, 512};
    std::int64_t pixels = 0;
    for (std::int64_t row = 0; row < grid.down(); ++row)
      for (std::int64_t col = 0; col < grid.across(); ++col) {
        EXPECT_FALSE(grid.tile_window(col, row).empty());
        EXPECT_TRUE(grid.image().contains(grid.tile_window(col, row)));
        pixels += grid.tile_window(col, row).pixels();
      }
    EXPECT_EQ(pixels, size.width * size.height);
    EXPECT_EQ(grid.tiles_of(grid.image()).count(), grid.count());
  }
}

TEST(TileGrid, LargestKnownRasterDoesNotOverflow) {
  const TileGrid grid{{1296000, 525000}, 16};
  EXPECT_EQ(grid.count(), std::int64_t{81000} * 32813);
  EXPECT_EQ(grid.image().pixels(), std::int64_t{1296000} * 525000);
}

TEST(Pyramid, HalvesWithFloorAsGdal) {
  const auto levels = pyramid_levels({17999, 1000}, 512, std::nullopt);
  const std::vector<LevelSize> expected = {{17999, 1000}, {8999, 500}, {4499, 250}, {2249, 125},
                                           {1124, 62},    {562, 31},   {281, 15}};
  EXPECT_EQ(levels, expected);
}

TEST(Pyramid, EdgeSizes) {
  EXPECT_EQ(pyramid_levels({512, 512}, 512, std::nullopt).size(), 1U);
  EXPECT_EQ(pyramid_levels({513, 1}, 512, std::nullopt).back(), (LevelSize{256, 1}));
  EXPECT_EQ(pyramid_levels({1, 100000}, 512, std::nullopt).back(), (LevelSize{1, 390}));
  EXPECT_EQ(pyramid_levels({4000, 4000}, 512, 0).size(), 1U);
  EXPECT_EQ(pyramid_levels({4000, 4000}, 512, 2).size(), 3U);
  EXPECT_EQ(pyramid_levels({3, 3}, 512, 9).back(), (LevelSize{1, 1}));
}

TEST(ChunkShape, IsAPowerOfTwoThatClosesItsLevels) {
  for (const LevelSize& size : kSizes)
    for (const std::int64_t tile : {128, 256, 512, 1024, 4096})
      for (const std::int64_t pixel : {1, 2, 8, 64, 1000}) {
        const auto shape = choose_chunk_shape({size, tile}, pixel, std::int64_t{32} << 20);
        EXPECT_EQ(shape.across & (shape.across - 1), 0);
        EXPECT_EQ(shape.down, std::int64_t{1} << shape.levels);
        EXPECT_GE(shape.levels, 1);
        EXPECT_GE(shape.across, shape.down);
        if (shape.across * shape.down > 4) {
          EXPECT_LE(shape.across * shape.down * tile * tile * pixel, std::int64_t{32} << 20);
        }
      }
}

/// Every tile of every level is written by exactly one chunk of exactly one round.
TEST(Rounds, WriteEveryTileOnce) {
  for (const LevelSize& size : kSizes)
    for (const ChunkShape shape :
         {ChunkShape{2, 2, 1}, ChunkShape{4, 4, 2}, ChunkShape{16, 8, 3}}) {
      const std::int64_t tile = 128;
      const auto levels = pyramid_levels(size, tile, std::nullopt);
      std::map<std::tuple<int, std::int64_t>, int> made;
      for (const Round& round : plan_rounds(levels, tile, shape))
        for (std::int64_t chunk = 0; chunk < round.chunks.count(); ++chunk)
          for (int level = round.first_level; level <= round.last_level; ++level) {
            const TileGrid grid{levels[static_cast<std::size_t>(level)], tile};
            const auto t = round.chunks.owned_tiles(chunk, grid, level - round.source_level);
            for (auto row = t.row; row < t.row_end; ++row)
              for (auto col = t.col; col < t.col_end; ++col) ++made[{level, grid.index(col, row)}];
          }
      std::size_t tiles = 0;
      for (const LevelSize& level : levels)
        tiles += static_cast<std::size_t>(TileGrid{level, tile}.count());
      EXPECT_EQ(made.size(), tiles) << size.width << "x" << size.height;
      for (const auto& [id, times] : made) EXPECT_EQ(times, 1);
    }
}

TEST(RankRanges, CoverAllChunksInOrder) {
  std::mt19937_64 random(7);
  for (int ranks : {1, 2, 3, 7, 64})
    for (std::size_t chunks : {0U, 1U, 2U, 5U, 100U}) {
      std::vector<std::int64_t> costs(chunks);
      for (auto& cost : costs) cost = static_cast<std::int64_t>(random() % 1000);
      const auto bounds = split_by_cost(costs, ranks);
      ASSERT_EQ(bounds.size(), static_cast<std::size_t>(ranks) + 1);
      EXPECT_EQ(bounds.front(), 0);
      EXPECT_EQ(bounds.back(), static_cast<std::int64_t>(chunks));
      for (std::size_t r = 0; r + 1 < bounds.size(); ++r) EXPECT_LE(bounds[r], bounds[r + 1]);
    }
}

TEST(RankRanges, AreBalanced) {
  const std::vector<std::int64_t> even(64, 1000);
  const auto bounds = split_by_cost(even, 16);
  for (std::size_t r = 0; r < 16; ++r) EXPECT_EQ(bounds[r + 1] - bounds[r], 4);
  // Free chunks (empty corners) do not count.
  std::vector<std::int64_t> corner(100, 0);
  for (std::size_t i = 80; i < 100; ++i) corner[i] = 1000;
  EXPECT_GE(split_by_cost(corner, 2)[1], 88);
}

}  // namespace
}  // namespace cogmill::partition
