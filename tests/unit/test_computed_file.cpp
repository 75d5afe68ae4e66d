// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/computed_file.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace cogmill::pipeline {
namespace {

constexpr partition::FrameRule kFrame = {4, 4, false};

kernels::Statistics counted(std::int64_t pixels) {
  kernels::Statistics statistics;
  statistics.count = pixels;
  return statistics;
}

/// The result of chunk `number`: two tiles, two bands.
ChunkResult result_of(std::int64_t number) {
  ChunkResult result;
  result.chunk = number;
  const std::vector<std::byte> payload(static_cast<std::size_t>(number + 1), std::byte{7});
  for (const std::int64_t tile : {2 * number, 2 * number + 1})
    result.tiles.push_back(io::frame_tile(kFrame, {0, false, tile}, payload));
  result.statistics = {counted(number), counted(10 * number)};
  result.report.bytes_read = 100 + number;
  result.report.tiles = 2;
  result.report.warp = {5, 0.1 * static_cast<double>(number), 1};
  result.report.corrupt = {"a.tif: tile " + std::to_string(number)};
  return result;
}

ComputedFile make_file(std::unique_ptr<Picture> picture = nullptr) {
  return {{kFrame, 1 << 20, "unused"}, std::move(picture)};
}

TEST(ComputedFile, KeepsAllThatChunksEndIn) {
  ComputedFile file = make_file();
  for (const std::int64_t chunk : {0, 1, 2}) file.commit(result_of(chunk));
  ASSERT_EQ(file.store.tiles().size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(file.store.tiles()[i].id.index, static_cast<std::int64_t>(i)) << "in chunk order";
    EXPECT_EQ(file.store.tiles()[i].bytes, i / 2 + 1);
  }
  ASSERT_EQ(file.statistics.size(), 6U);
  EXPECT_EQ(file.statistics[4].count, 2);
  EXPECT_EQ(file.statistics[5].count, 20);
  EXPECT_EQ(file.report.bytes_read, 303);
  EXPECT_EQ(file.report.tiles, 6);
  EXPECT_EQ(file.report.warp.transformed, 15);
  EXPECT_DOUBLE_EQ(file.report.warp.largest_error, 0.2);
  EXPECT_EQ(file.report.warp.moved_pixels, 3);
  EXPECT_EQ(file.report.corrupt.size(), 3U);
}

/// What is logged could be taken in once more: the same results make the same file.
TEST(ComputedFile, IsMadeOfItsResultsAlone) {
  ComputedFile once = make_file(), again = make_file();
  for (const std::int64_t chunk : {0, 1, 2, 3}) {
    const ChunkResult result = result_of(chunk);
    ChunkResult logged;
    logged.chunk = result.chunk;
    logged.tiles = result.tiles;
    logged.statistics = result.statistics;
    logged.report = result.report;
    once.commit(result_of(chunk));
    again.commit(std::move(logged));
  }
  ASSERT_EQ(once.store.tiles().size(), again.store.tiles().size());
  for (std::size_t i = 0; i < once.store.tiles().size(); ++i) {
    const auto a = once.store.frame_in_memory(once.store.tiles()[i]);
    const auto b = again.store.frame_in_memory(again.store.tiles()[i]);
    ASSERT_EQ(a.size(), b.size());
    EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size()), 0);
  }
}

}  // namespace
}  // namespace cogmill::pipeline
