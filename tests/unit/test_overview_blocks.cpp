// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
//
// A level cut into blocks has the pixels of the level reduced whole.
#include "tests/unit/overview_image.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <utility>

namespace cogmill::kernels::test {
namespace {

constexpr std::array kEvery = {Resampling::kNearest, Resampling::kAverage, Resampling::kBilinear,
                               Resampling::kCubic, Resampling::kMode};
using Size = std::pair<std::int64_t, std::int64_t>;

/// What the source pixels of a block are checked against.
enum class Gaps { kNone, kNodata, kMask, kBoth };

template <class T>
constexpr T kGap = std::is_floating_point_v<T> ? std::numeric_limits<T>::quiet_NaN() : T(60);

template <class T>
struct Scene {
  Image<T> image;
  Image<std::uint8_t> mask;
  Gaps gaps;

  Scene(Size size, Gaps g)
      : image(noise<T>(size.first, size.second, kGap<T>)),
        mask(size.first, size.second, 255),
        gaps(g) {
    for (std::int64_t r = 0; r < size.second; ++r)
      for (std::int64_t c = 0; c < size.first; ++c)
        if (hash(c / 5, r / 3, 9) % 3 == 0) mask.at(c, r) = 0;
  }
  Validity validity(const Image<std::uint8_t>& m) const {
    Validity v;
    if (gaps == Gaps::kNodata || gaps == Gaps::kBoth)
      v.nodata = Nodata(static_cast<double>(kGap<T>));
    if (gaps == Gaps::kMask || gaps == Gaps::kBoth) v.mask = m.plane();
    return v;
  }
};

/// Every other range ends with the level: edges are where kernels differ.
Range random_range(std::mt19937& random, std::int64_t size) {
  std::uniform_int_distribution<std::int64_t> any(0, size - 1);
  const std::int64_t a = any(random), b = any(random);
  if (a % 2 == 0) return {b, size};
  return {std::min(a, b), std::max(a, b) + 1};
}

/// Reduces one block from exactly the source pixels that overview_source_range names.
template <class T>
Image<T> reduce_block(Resampling resampling, const Scene<T>& scene, Range cols, Range rows) {
  OverviewGeometry g = whole(scene.image);
  const Range c = overview_source_range(resampling, g.src_width, g.dst_width, cols);
  const Range r = overview_source_range(resampling, g.src_height, g.dst_height, rows);
  EXPECT_TRUE(0 <= c.begin && c.begin < c.end && c.end <= g.src_width);
  EXPECT_TRUE(0 <= r.begin && r.begin < r.end && r.end <= g.src_height);
  g.src_col = c.begin;
  g.src_row = r.begin;
  g.dst_col = cols.begin;
  g.dst_row = rows.begin;
  const auto src = scene.image.crop(c.begin, r.begin, c.end - c.begin, r.end - r.begin);
  const auto mask = scene.mask.crop(c.begin, r.begin, c.end - c.begin, r.end - r.begin);
  Image<T> dst(cols.end - cols.begin, rows.end - rows.begin);
  reduce_overview(resampling, g, src.plane(), scene.validity(mask), dst.plane());
  return dst;
}

/// Compares bytes, so that NaNs and signed zeros count.
template <class T>
void expect_blocks_equal_whole(Size size, Resampling resampling, Gaps gaps, int blocks) {
  SCOPED_TRACE(std::string(name_of(resampling)) + " " + std::string(name_of(type_of<T>())) + " " +
               std::to_string(size.first) + " x " + std::to_string(size.second) + " gaps " +
               std::to_string(static_cast<int>(gaps)));
  const Scene<T> scene(size, gaps);
  const Image<T> all = reduced(resampling, scene.image, scene.validity(scene.mask));
  std::mt19937 random(42);
  for (int i = 0; i < blocks; ++i) {
    const Range cols = random_range(random, all.width), rows = random_range(random, all.height);
    const Image<T> block = reduce_block(resampling, scene, cols, rows);
    const Image<T> same = all.crop(cols.begin, rows.begin, block.width, block.height);
    ASSERT_EQ(0,
              std::memcmp(block.pixels.data(), same.pixels.data(), block.pixels.size() * sizeof(T)))
        << "columns " << cols.begin << " to " << cols.end << ", rows " << rows.begin << " to "
        << rows.end;
  }
}

template <class T>
class OverviewBlocks : public testing::Test {};
using EveryType =
    testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t,
                   std::int32_t, std::uint64_t, std::int64_t, float, double>;
TYPED_TEST_SUITE(OverviewBlocks, EveryType);

TYPED_TEST(OverviewBlocks, equal_the_whole_for_small_sizes) {
  constexpr std::array<std::int64_t, 8> kLengths = {1, 2, 3, 5, 16, 17, 31, 64};
  for (const auto width : kLengths)
    for (const auto height : kLengths)
      for (const Resampling resampling : kEvery)
        for (const Gaps gaps : {Gaps::kNone, Gaps::kNodata, Gaps::kMask, Gaps::kBoth})
          expect_blocks_equal_whole<TypeParam>({width, height}, resampling, gaps, 3);
}

TYPED_TEST(OverviewBlocks, equal_the_whole_for_tile_sizes) {
  constexpr std::array<Size, 6> kSizes = {
      {{518, 130}, {511, 64}, {513, 37}, {1, 1023}, {1023, 1}, {128, 513}}};
  for (const Size& size : kSizes)
    for (const Resampling resampling : kEvery)
      for (const Gaps gaps : {Gaps::kNone, Gaps::kBoth})
        expect_blocks_equal_whole<TypeParam>(size, resampling, gaps, 4);
}

// Wider than the strips that convolution works in.
TEST(OverviewWideBlocks, equal_the_whole) {
  for (const Resampling resampling : kEvery)
    for (const Gaps gaps : {Gaps::kNone, Gaps::kMask})
      for (const Size& size : {Size{4999, 9}, Size{5000, 8}})
        expect_blocks_equal_whole<float>(size, resampling, gaps, 12);
}

TEST(OverviewMaskBlocks, equal_the_whole) {
  const Scene<std::uint8_t> scene({517, 203}, Gaps::kMask);
  std::mt19937 random(7);
  for (const Resampling resampling : kEvery) {
    const auto all = reduced_mask(resampling, scene.mask);
    OverviewGeometry g = whole(scene.mask);
    for (int i = 0; i < 20; ++i) {
      const Range cols = random_range(random, all.width), rows = random_range(random, all.height);
      const Range c = overview_source_range(resampling, g.src_width, g.dst_width, cols);
      const Range r = overview_source_range(resampling, g.src_height, g.dst_height, rows);
      g.src_col = c.begin, g.src_row = r.begin, g.dst_col = cols.begin, g.dst_row = rows.begin;
      const auto src = scene.mask.crop(c.begin, r.begin, c.end - c.begin, r.end - r.begin);
      Image<std::uint8_t> dst(cols.end - cols.begin, rows.end - rows.begin);
      reduce_mask(resampling, g, src.plane(), dst.plane());
      ASSERT_EQ(dst, all.crop(cols.begin, rows.begin, dst.width, dst.height));
    }
  }
}

}  // namespace
}  // namespace cogmill::kernels::test
