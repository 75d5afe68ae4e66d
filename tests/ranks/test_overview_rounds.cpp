// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Overview rounds across ranks: tiles made by one rank are the source of another's next round.
#include "kernels/codec.hpp"
#include "partition/pyramid.hpp"
#include "src/io/pixel_block.hpp"
#include "src/pipeline/stored_level_source.hpp"
#include "src/pipeline/tile_encoder.hpp"
#include "src/pipeline/tile_exchange.hpp"
#include "src/plan/chunk_blocks.hpp"
#include "tests/ranks/rank_cases.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace cogmill::pipeline {
namespace {

constexpr std::int64_t kTile = 128;

std::uint16_t pixel(int band, std::int64_t col, std::int64_t row) {
  return static_cast<std::uint16_t>(7 + band * 1000 + col * 3 + row * 5);
}

plan::Plan two_band_plan(bool separate) {
  plan::Plan plan;
  plan.image.width = 1301;
  plan.image.height = 1103;
  plan.image.bands = 2;
  plan.image.type = kernels::DataType::kUInt16;
  plan.image.nodata.resize(2);
  plan.image.mask = true;
  plan.tile = kTile;
  plan.levels = partition::pyramid_levels({1301, 1103}, kTile, std::nullopt);
  plan.rounds = partition::plan_rounds(plan.levels, kTile, {2, 2, 1});
  plan.codec = {kernels::Codec::kZstd, 1};
  plan.predictor = kernels::Predictor::kHorizontal;
  plan.separate_planes = separate;
  plan.overview_resampling = kernels::Resampling::kCubic;  // the widest halo
  return plan;
}

/// Encodes the tiles of `level` that `rank` made in round 0, from the pixel formula.
void make_tiles(const plan::Plan& plan, const plan::RankBounds& bounds, std::size_t rank, int level,
                io::TileStore& store) {
  TileEncoder encoder(plan, store.rule());
  const partition::TileGrid grid{plan.levels[static_cast<std::size_t>(level)], kTile};
  std::vector<std::vector<std::uint16_t>> bands(2, std::vector<std::uint16_t>(kTile * kTile));
  std::vector<std::byte> mask(kTile * kTile, std::byte{255});
  for (std::int64_t chunk = bounds[0][rank]; chunk < bounds[0][rank + 1]; ++chunk) {
    const auto tiles = plan.rounds[0].chunks.owned_tiles(chunk, grid, level);
    for (auto row = tiles.row; row < tiles.row_end; ++row)
      for (auto col = tiles.col; col < tiles.col_end; ++col) {
        const auto w = grid.tile_window(col, row);
        std::vector<kernels::ConstPlane> planes;
        for (int b = 0; b < 2; ++b) {
          auto& band = bands[static_cast<std::size_t>(b)];
          for (std::int64_t y = 0; y < w.height; ++y)
            for (std::int64_t x = 0; x < w.width; ++x)
              band[static_cast<std::size_t>(y * w.width + x)] = pixel(b, w.col + x, w.row + y);
          planes.push_back({reinterpret_cast<const std::byte*>(band.data()),
                            kernels::DataType::kUInt16, w.width, w.height, w.width});
        }
        const std::int64_t index = grid.index(col, row);
        if (plan.separate_planes) {
          for (std::size_t b = 0; b < 2; ++b)
            store.keep(*encoder.encode_image(
                {level, false, static_cast<std::int64_t>(b) * grid.count() + index},
                std::span(planes).subspan(b, 1)));
        } else {
          store.keep(*encoder.encode_image({level, false, index}, planes));
        }
        store.keep(encoder.encode_mask(
            {level, true, index},
            {mask.data(), kernels::DataType::kUInt8, w.width, w.height, w.width}));
      }
  }
}

/// Reads what `rank` needs in round 1. @return how many pixels of a band were compared
std::int64_t compare_sources(const plan::Plan& plan, const plan::RankBounds& bounds,
                             std::size_t rank, io::Source& source) {
  const auto operation = stored_level_operation(plan.image);
  std::int64_t looked_at = 0, wrong = 0;
  for (std::int64_t chunk = bounds[1][rank]; chunk < bounds[1][rank + 1]; ++chunk) {
    const auto blocks =
        plan::chunk_blocks(plan.rounds[1], chunk, plan.levels, plan.overview_resampling);
    io::PixelBlock block;
    block.reset(blocks.front().pixels, operation.inputs.front().types);
    const auto fetched = source.fetch(block.window(), operation.inputs.front().bands);
    source.decode(*fetched, block.all());
    const auto& w = block.window();
    for (std::int64_t y = 0; y < w.height; ++y)
      for (std::int64_t x = 0; x < w.width; ++x, ++looked_at) {
        for (int b = 0; b < 2; ++b)
          wrong += block.plane(static_cast<std::size_t>(b)).as<std::uint16_t>().row(y)[x] !=
                   pixel(b, w.col + x, w.row + y);
        wrong += block.plane(2).as<std::uint8_t>().row(y)[x] != 255;
      }
  }
  EXPECT_EQ(wrong, 0);
  return looked_at;
}

class TileExchangeTest : public tests::RankTest {};

TEST_P(TileExchangeTest, EveryRankCanReadWhatItsNextRoundNeeds) {
  on_each_rank([](exchange::Communicator& comm) {
    for (const bool separate : {false, true}) {
      const plan::Plan plan = two_band_plan(separate);
      const auto bounds = plan::share_out(plan, comm.size());
      const auto rank = static_cast<std::size_t>(comm.rank());
      const int level = plan.rounds[1].source_level;
      io::TileStore own({}, 1 << 28, "unused"), guests({}, 1 << 28, "unused");
      make_tiles(plan, bounds, rank, level, own);
      exchange_tiles(plan, bounds, 1, own, guests, comm);
      const auto source = make_stored_level_source(plan, level, own, guests);
      const std::int64_t looked_at = compare_sources(plan, bounds, rank, *source);
      EXPECT_EQ(looked_at > 0, bounds[1][rank] < bounds[1][rank + 1]);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(On, TileExchangeTest, testing::ValuesIn(tests::ranks_to_test()),
                         tests::name_of);

}  // namespace
}  // namespace cogmill::pipeline
