// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/pyramid.hpp"
#include "src/plan/picture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace cogmill::plan {
namespace {

using kernels::DataType;
using kernels::PickAxis;
using partition::LevelSize;

constexpr std::int64_t kTile = 128;
const LevelSize kSizes[] = {{1, 1},    {7, 5},    {1024, 1024}, {1025, 3},    {3001, 1777},
                            {1, 5000}, {5000, 1}, {2048, 4096}, {2047, 1023}, {1023, 12345}};

OutputImage image_of(int bands) {
  OutputImage image;
  image.bands = bands;
  image.type = DataType::kUInt16;
  return image;
}

TEST(PickAxis, PlacesLieInTheMiddleOfTheirParts) {
  const PickAxis axis{10, 3};
  EXPECT_EQ(axis.place(0), 1);
  EXPECT_EQ(axis.place(1), 5);
  EXPECT_EQ(axis.place(2), 8);
  const PickAxis all{7, 7};
  for (std::int64_t i = 0; i < 7; ++i) EXPECT_EQ(all.place(i), i);
}

TEST(PickAxis, FirstFromFindsThePlaces) {
  for (const PickAxis axis : {PickAxis{10, 3}, PickAxis{1, 1}, PickAxis{1500, 1024},
                              PickAxis{1025, 1024}, PickAxis{100'000'000'007, 1023}})
    for (std::int64_t i = 0; i < axis.picked; ++i) {
      EXPECT_LT(axis.place(i), axis.size);
      EXPECT_EQ(axis.first_from(axis.place(i)), i);
      EXPECT_EQ(axis.first_from(axis.place(i) + 1), i + 1);
    }
}

/// Every pixel of the picture comes from one chunk, which has it in memory.
TEST(Picture, IsPutTogetherFromAllChunks) {
  for (const LevelSize size : kSizes)
    for (const auto& wanted : {std::optional<int>(), std::optional<int>(0)}) {
      const auto levels = partition::pyramid_levels(size, kTile, wanted);
      const PicturePlan plan = plan_picture(levels, image_of(1));
      const auto whole = plan.whole();
      EXPECT_LE(std::max(whole.width, whole.height), 1024);
      std::vector<int> seen(static_cast<std::size_t>(whole.pixels()), 0);
      for (const auto& round : partition::plan_rounds(levels, kTile, {8, 4, 2}))
        for (std::int64_t chunk = 0; chunk < round.chunks.count(); ++chunk)
          for (const auto& block :
               chunk_blocks(round, chunk, levels, kernels::Resampling::kAverage)) {
            const partition::TileGrid grid{levels[static_cast<std::size_t>(block.level)], kTile};
            const auto part = picture_part(plan, grid, block);
            for (std::int64_t row = part.row; row < part.row_end(); ++row)
              for (std::int64_t col = part.col; col < part.col_end(); ++col) {
                ++seen[static_cast<std::size_t>(row * whole.width + col)];
                EXPECT_TRUE(
                    block.pixels.contains({plan.across.place(col), plan.down.place(row), 1, 1}));
              }
          }
      EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), whole.pixels())
          << size.width << " x " << size.height;
    }
}

TEST(Picture, IsPickedFromTheSmallestLevelThatIsLargeEnough) {
  const auto level = [](LevelSize size) {
    return plan_picture(partition::pyramid_levels(size, kTile, std::nullopt), image_of(1)).level;
  };
  EXPECT_EQ(level({1000, 900}), 0);
  EXPECT_EQ(level({2047, 2047}), 0);
  EXPECT_EQ(level({2048, 2048}), 1);
  EXPECT_EQ(level({8192, 8192}), 3);
}

TEST(Picture, ShowsBandsAndWhereTheyAreValid) {
  const std::vector<LevelSize> levels = {{100, 100}};
  using Planes = std::vector<std::size_t>;
  EXPECT_EQ(plan_picture(levels, image_of(2)).planes, Planes{0});
  EXPECT_EQ(plan_picture(levels, image_of(5)).planes, (Planes{0, 1, 2}));
  OutputImage image = image_of(4);
  image.alpha = 3;
  EXPECT_EQ(plan_picture(levels, image).planes, (Planes{0, 1, 2, 3}));
  image.alpha = 0;
  EXPECT_EQ(plan_picture(levels, image).planes, (Planes{1, 2, 3, 0}));
  image = image_of(3);
  image.alpha = 2;
  EXPECT_EQ(plan_picture(levels, image).planes, (Planes{0, 2})) << "alpha is no colour";
  image.alpha.reset();
  image.mask = true;
  EXPECT_EQ(plan_picture(levels, image).planes, (Planes{0, 1, 2, 3}));
  EXPECT_EQ(plan_picture(levels, image).types.back(), DataType::kUInt8);
  EXPECT_EQ(picture_bytes(levels, image), 100 * 100 * (3 * 2 + 1));
}

}  // namespace
}  // namespace cogmill::plan
