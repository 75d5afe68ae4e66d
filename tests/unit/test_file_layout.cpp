// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/file_layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace cogmill::partition {
namespace {

struct Frame {
  std::uint64_t begin, end;
};

std::vector<Frame> frames_of(const std::vector<LevelTileBytes>& sizes, const FileLayout& layout,
                             const FrameRule& rule) {
  std::vector<Frame> frames;
  const auto add = [&](std::uint32_t bytes, std::uint64_t offset) {
    if (bytes == 0) {
      EXPECT_EQ(offset, 0U);
    } else {
      frames.push_back({offset - rule.leader, offset + bytes + rule.trailer});
    }
  };
  for (std::size_t l = 0; l < sizes.size(); ++l) {
    for (std::size_t i = 0; i < sizes[l].image.size(); ++i)
      add(sizes[l].image[i], layout.levels[l].image[i]);
    for (std::size_t i = 0; i < sizes[l].mask.size(); ++i)
      add(sizes[l].mask[i], layout.levels[l].mask[i]);
  }
  std::ranges::sort(frames, {}, &Frame::begin);
  return frames;
}

TEST(FileLayout, FramesFillTheFileWithoutGapsOrOverlaps) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<LevelTileBytes> sizes(1 + random() % 5);
    const bool mask = random() % 2 == 0;
    for (auto& level : sizes) {
      const std::size_t tiles = 1 + random() % 40;
      const std::size_t planes = mask ? 1 : 1 + random() % 3;
      for (std::size_t i = 0; i < tiles * planes; ++i)
        level.image.push_back(random() % 4 == 0 ? 0 : static_cast<std::uint32_t>(random() % 5000));
      for (std::size_t i = 0; mask && i < tiles; ++i)
        level.mask.push_back(static_cast<std::uint32_t>(1 + random() % 100));
    }
    const FrameRule rule{4, 4, mask && random() % 2 == 0};
    const auto layout = place_tiles(sizes, rule, 1234);
    std::uint64_t position = 1234;
    for (const Frame& frame : frames_of(sizes, layout, rule)) {
      EXPECT_EQ(frame.begin, position);
      position = frame.end;
    }
    EXPECT_EQ(position, layout.file_bytes);
  }
}

TEST(FileLayout, SmallestLevelFirstAndMaskBehindItsTile) {
  const std::vector<LevelTileBytes> sizes = {{{100, 200}, {10, 20}}, {{50}, {5}}};
  const auto layout = place_tiles(sizes, {4, 4, true}, 1000);
  EXPECT_EQ(layout.levels[1].image[0], 1004U);
  EXPECT_EQ(layout.levels[1].mask[0], 1004U + 50 + 8);
  EXPECT_EQ(layout.levels[0].image[0], 1004U + 50 + 8 + 5 + 8);
  EXPECT_EQ(layout.levels[0].mask[0], layout.levels[0].image[0] + 100 + 8);
  EXPECT_EQ(layout.levels[0].image[1], layout.levels[0].mask[0] + 10 + 8);
}

TEST(FileLayout, SizesBeyondFourGigabytes) {
  const std::vector<LevelTileBytes> sizes = {{std::vector<std::uint32_t>(3, 4000000000U), {}}};
  const auto layout = place_tiles(sizes, {4, 4, true}, 0);
  EXPECT_EQ(layout.file_bytes, 3 * (std::uint64_t{4000000000U} + 8));
  EXPECT_EQ(layout.levels[0].image[2], 2 * (std::uint64_t{4000000000U} + 8) + 4);
}

}  // namespace
}  // namespace cogmill::partition
