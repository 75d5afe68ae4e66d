// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// What ranks share out, and what they tell one another of what they have made.
#include "partition/pyramid.hpp"
#include "src/exchange/packing.hpp"
#include "src/pipeline/distributed_work.hpp"
#include "src/pipeline/place.hpp"
#include "tests/ranks/rank_cases.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cogmill::pipeline {
namespace {

class ShareWorkTest : public tests::RankTest {};

TEST_P(ShareWorkTest, EveryRankGetsAllLinesInOrder) {
  on_each_rank([](exchange::Communicator& comm) {
    for (const std::size_t count : {0U, 1U, 4U, 101U}) {
      const auto lines = share_work(count, comm, 2, [](std::size_t i) {
        return i % 3 == 0 ? std::string() : "line " + std::to_string(i);
      });
      ASSERT_EQ(lines.size(), count);
      for (std::size_t i = 0; i < count; ++i)
        EXPECT_EQ(lines[i], i % 3 == 0 ? "" : "line " + std::to_string(i));
    }
  });
}

TEST_P(ShareWorkTest, EachPieceIsDoneOnceByRanksInOrder) {
  on_each_rank([](exchange::Communicator& comm) {
    const std::string mine = std::to_string(comm.rank());
    const auto makers = share_work(20, comm, 1, [&](std::size_t /*i*/) { return mine; });
    ASSERT_EQ(makers.size(), 20U);
    int former = 0;
    for (const std::string& maker : makers) {
      EXPECT_GE(std::stoi(maker), former);
      former = std::stoi(maker);
    }
    EXPECT_EQ(former, comm.size() - 1) << "the last rank has done nothing";
  });
}

TEST_P(ShareWorkTest, TheFirstFailureIsThrownOnAllRanks) {
  on_each_rank([](exchange::Communicator& comm) {
    try {
      share_work(100, comm, 2, [](std::size_t i) -> std::string {
        if (i % 10 == 7) throw std::runtime_error("piece " + std::to_string(i));
        return "";
      });
      FAIL() << "nobody noticed";
    } catch (const exchange::AgreedError& e) {
      EXPECT_EQ(std::string(e.what()), "piece 7");
    }
  });
}

plan::Plan small_plan(bool separate) {
  plan::Plan plan;
  plan.image.width = 1000;
  plan.image.height = 700;
  plan.image.bands = 3;
  plan.image.mask = true;
  plan.tile = 128;
  plan.levels = partition::pyramid_levels({1000, 700}, plan.tile, std::nullopt);
  plan.separate_planes = separate;
  return plan;
}

/// Bytes of a tile: another number for each, 0 for those that are sparse.
std::uint32_t tile_bytes(const io::TileId& id) {
  const auto bytes = (id.index * 13 + id.level * 5) % 97 + (id.mask ? 1 : 0);
  return static_cast<std::uint32_t>(bytes);
}

/// Every tile of the file.
std::vector<io::TileId> all_tiles(const plan::Plan& plan) {
  std::vector<io::TileId> tiles;
  for (std::size_t level = 0; level < plan.levels.size(); ++level) {
    const std::int64_t count = partition::TileGrid{plan.levels[level], plan.tile}.count();
    const std::int64_t planes = plan.separate_planes ? plan.image.bands : 1;
    for (std::int64_t i = 0; i < count * planes; ++i)
      tiles.push_back({static_cast<int>(level), false, i});
    for (std::int64_t i = 0; i < count; ++i) tiles.push_back({static_cast<int>(level), true, i});
  }
  return tiles;
}

TEST_P(ShareWorkTest, EveryRankPlacesEveryTileAlike) {
  on_each_rank([](exchange::Communicator& comm) {
    for (const bool separate : {false, true}) {
      const plan::Plan plan = small_plan(separate);
      const auto tiles = all_tiles(plan);
      io::TileStore own({}, 1 << 24, "unused");
      for (std::size_t i = 0; i < tiles.size(); ++i)
        if (static_cast<int>(i) % comm.size() == comm.rank() && tile_bytes(tiles[i]) > 0)
          own.keep(
              io::frame_tile(own.rule(), tiles[i], std::vector<std::byte>(tile_bytes(tiles[i]))));
      const auto sizes = share_tile_sizes(plan, own, comm);
      ASSERT_EQ(sizes.size(), plan.levels.size());
      for (const io::TileId& id : tiles) {
        const auto& level = sizes[static_cast<std::size_t>(id.level)];
        EXPECT_EQ((id.mask ? level.mask : level.image).at(static_cast<std::size_t>(id.index)),
                  tile_bytes(id));
      }
      const Placement placement = place(plan, {1000, 2000}, sizes);
      EXPECT_GT(placement.layout.file_bytes, 1000U);
      for (const auto& level : placement.layout.levels)
        for (const auto* part : {&level.image, &level.mask}) {
          const auto everywhere = comm.all_gather(exchange::pack(*part));
          for (const auto& other : everywhere) EXPECT_EQ(other, everywhere.front());
        }
    }
  });
}

INSTANTIATE_TEST_SUITE_P(On, ShareWorkTest, testing::ValuesIn(tests::ranks_to_test()),
                         tests::name_of);

}  // namespace
}  // namespace cogmill::pipeline
