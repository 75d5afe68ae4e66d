// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tile_store.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

namespace cogmill::io {
namespace {

std::vector<std::byte> payload_of(std::int64_t index) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(1 + index * 37 % 5000));
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::byte>((static_cast<std::size_t>(index) * 31 + i) & 255);
  return bytes;
}

void keep(TileStore& store, const TileId& id, std::int64_t number) {
  store.keep(frame_tile(store.rule(), id, payload_of(number)));
}

/// Every kept tile reads back, from memory or from the spill file.
void expect_all_readable(const TileStore& store, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const auto tile = store.find({2, i % 2 == 1, i});
    ASSERT_TRUE(tile) << i;
    std::vector<std::byte> read(tile->bytes);
    store.read(*tile, read);
    EXPECT_EQ(read, payload_of(i)) << i;
  }
  EXPECT_FALSE(store.find({2, false, count + 2}));
  EXPECT_FALSE(store.find({1, false, 0}));
}

TEST(TileStore, KeepsTilesInMemoryAndSpillsTheRest) {
  const tests::TempDir folder;
  for (const std::uint64_t ram :
       {std::uint64_t{1} << 40, std::uint64_t{0}, std::uint64_t{9} << 20}) {
    const std::string spill = folder.path() / ("spill_" + std::to_string(ram));
    TileStore store({}, ram, spill);
    constexpr std::int64_t kCount = 8000;  // 20 MB
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&store, t] {
        for (std::int64_t i = t; i < kCount; i += 4) keep(store, {2, i % 2 == 1, i}, i);
      });
    for (auto& thread : threads) thread.join();
    expect_all_readable(store, kCount);
    EXPECT_LE(store.memory_bytes(), ram);
    EXPECT_EQ(store.spilled_bytes() > 0, ram < (std::uint64_t{1} << 30));
    EXPECT_EQ(std::filesystem::exists(spill), store.spilled_bytes() > 0);
  }
}

TEST(TileStore, FramesHaveLeaderAndTrailer) {
  const auto frame_of = [](const std::vector<std::byte>& payload) {
    return frame_tile({4, 4, true}, {}, payload).frame;
  };
  using B = std::byte;
  EXPECT_EQ(frame_of({B{1}, B{2}, B{3}, B{4}, B{5}}),
            (std::vector<B>{B{5}, B{0}, B{0}, B{0}, B{1}, B{2}, B{3}, B{4}, B{5}, B{2}, B{3}, B{4},
                            B{5}}));
  // Shorter than the trailer: padded with zeros, as GDAL.
  EXPECT_EQ(frame_of({B{7}, B{8}}),
            (std::vector<B>{B{2}, B{0}, B{0}, B{0}, B{7}, B{8}, B{7}, B{8}, B{0}, B{0}}));
}

TEST(TileStore, ATileMadeTwiceIsABug) {
  TileStore store({}, 1 << 24, "unused");
  keep(store, {0, false, 3}, 3);
  EXPECT_THROW(keep(store, {0, false, 3}, 3), std::logic_error);
}

TEST(TileStore, SpillFolderMissingIsAnError) {
  TileStore store({}, 0, "/nonexistent-folder/spill");
  EXPECT_THROW(keep(store, {0, false, 0}, 1), std::runtime_error);
}

}  // namespace
}  // namespace cogmill::io
