// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/overview_image.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

namespace cogmill::kernels::test {
namespace {

constexpr std::array kEvery = {Resampling::kNearest, Resampling::kAverage, Resampling::kBilinear,
                               Resampling::kCubic, Resampling::kMode};
constexpr std::array kWeighted = {Resampling::kAverage, Resampling::kBilinear, Resampling::kCubic};
constexpr std::array<std::pair<std::int64_t, std::int64_t>, 9> kSizes = {
    {{1, 1}, {2, 2}, {3, 3}, {1, 9}, {7, 1}, {17, 5}, {64, 32}, {101, 97}, {33, 64}}};
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Validity with_nodata(double value) { return {Nodata(value), {}}; }

template <class T>
class Overview : public testing::Test {};
using EveryType =
    testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t,
                   std::int32_t, std::uint64_t, std::int64_t, float, double>;
TYPED_TEST_SUITE(Overview, EveryType);

/// Equal, or for double, where weights may sum to a little beside 1, as good as equal.
template <class T>
bool same(T a, T b) {
  if constexpr (std::is_same_v<T, double>) return std::fabs(a - b) <= 1e-15 * std::fabs(b);
  return a == b;
}

TYPED_TEST(Overview, keeps_a_constant) {
  using T = TypeParam;
  // 64-bit integers are weighed in double: beyond 2^53 only nearest and mode are exact.
  constexpr bool kLimited = sizeof(T) == 8 || std::is_floating_point_v<T>;
  constexpr T kHigh = kLimited ? static_cast<T>((std::uint64_t{1} << (4 * sizeof(T))) + 1)
                               : std::numeric_limits<T>::max();
  constexpr T kLow = kLimited ? T(7) : std::numeric_limits<T>::lowest();
  for (const T value : {T(0), T(1), kHigh, kLow})
    for (const auto& [width, height] : kSizes)
      for (const Resampling r : kEvery) {
        const auto small = reduced(r, Image<T>(width, height, value));
        for (const T pixel : small.pixels)
          ASSERT_TRUE(same(pixel, value)) << name_of(r) << " " << width << " x " << height << ": "
                                          << +pixel << " for " << +value;
      }
}

TYPED_TEST(Overview, makes_nodata_of_nothing_but_nodata) {
  using T = TypeParam;
  for (const auto& [width, height] : kSizes)
    for (const Resampling r : kEvery)
      EXPECT_EQ(reduced(r, Image<T>(width, height, T(9)), with_nodata(9)),
                Image<T>(half(width), half(height), T(9)));
}

TYPED_TEST(Overview, makes_0_of_nothing_but_masked_pixels) {
  using T = TypeParam;
  for (const auto& [width, height] : kSizes) {
    const Image<std::uint8_t> mask(width, height, 0);
    for (const Resampling r : kWeighted) {
      EXPECT_EQ(reduced(r, Image<T>(width, height, T(9)), {{}, mask.plane()}),
                Image<T>(half(width), half(height), T(0)));
      EXPECT_EQ(reduced_mask(r, mask), Image<std::uint8_t>(half(width), half(height), 0));
    }
  }
}

TYPED_TEST(Overview, lets_no_invalid_pixel_through) {
  using T = TypeParam;
  for (const auto& [width, height] : kSizes) {
    Image<T> image = noise<T>(width, height, T(0));
    for (T& pixel : image.pixels) pixel = pixel == T(0) ? T(0) : T(9);
    for (const Resampling r : kEvery)
      for (const T pixel : reduced(r, image, with_nodata(0)).pixels)
        ASSERT_TRUE(pixel == T(0) || same(pixel, T(9))) << name_of(r) << " " << +pixel;
  }
}

TYPED_TEST(Overview, of_the_mask_is_valid_exactly_where_the_image_is) {
  using T = TypeParam;
  for (const auto& [width, height] : kSizes) {
    Image<std::uint8_t> mask = noise<std::uint8_t>(width, height, 0);
    for (auto& pixel : mask.pixels) pixel = pixel == 0 ? 0 : 255;
    const Image<T> image(width, height, T(9));
    for (const Resampling r : kWeighted) {
      const auto small_mask = reduced_mask(r, mask);
      const auto small = reduced(r, image, {{}, mask.plane()});
      for (std::size_t i = 0; i < small.pixels.size(); ++i) {
        EXPECT_TRUE(same(small.pixels[i], small_mask.pixels[i] == 255 ? T(9) : T(0))) << name_of(r);
        EXPECT_TRUE(small_mask.pixels[i] == 255 || small_mask.pixels[i] == 0);
      }
    }
  }
}

TYPED_TEST(Overview, combines_nodata_and_mask) {
  using T = TypeParam;
  const Image<T> image(2, 2, {T(4), T(6), T(100), T(2)});
  const Image<std::uint8_t> mask(2, 2, {255, 255, 0, 255});
  EXPECT_EQ(reduced(Resampling::kAverage, image, {Nodata(2.0), mask.plane()}).pixels.at(0), T(5));
}

TYPED_TEST(Overview, moves_a_mean_that_equals_nodata) {
  using T = TypeParam;
  const Image<T> image(2, 2, {T(49), T(51), T(49), T(51)});
  const T mean = reduced(Resampling::kAverage, image, with_nodata(50)).pixels.at(0);
  EXPECT_NE(mean, T(50));
  EXPECT_NEAR(static_cast<double>(mean), 50.0, 1.0);
}

TEST(OverviewNearest, takes_the_pixel_gdal_takes) {
  const Image<int> row(5, 1, {0, 1, 2, 3, 4});
  EXPECT_EQ(reduced(Resampling::kNearest, row).pixels, (std::vector<int>{0, 3}));
  const Image<int> even(6, 1, {0, 1, 2, 3, 4, 5});
  EXPECT_EQ(reduced(Resampling::kNearest, even).pixels, (std::vector<int>{0, 2, 4}));
}

TEST(OverviewNearest, keeps_every_bit_of_64) {
  const std::int64_t big = (std::int64_t{1} << 62) + 1;
  const Image<std::int64_t> image(4, 4, big);
  EXPECT_EQ(reduced(Resampling::kNearest, image).pixels.at(0), big);
  EXPECT_EQ(reduced(Resampling::kMode, image).pixels.at(0), big);
}

TEST(OverviewNearest, moves_complex_pixels_and_the_others_refuse_them) {
  std::vector<std::complex<double>> pixels(12), result(3);
  for (std::size_t i = 0; i < pixels.size(); ++i)
    pixels[i] = {static_cast<double>(i), -static_cast<double>(i)};
  const OverviewGeometry g{6, 2, 3, 1, 0, 0, 0, 0};
  const ConstPlane src{reinterpret_cast<const std::byte*>(pixels.data()), DataType::kCFloat64, 6, 2,
                       6};
  const Plane dst{reinterpret_cast<std::byte*>(result.data()), DataType::kCFloat64, 3, 1, 3};
  reduce_overview(Resampling::kNearest, g, src, {}, dst);
  EXPECT_EQ(result, (std::vector<std::complex<double>>{{0, -0.0}, {2, -2}, {4, -4}}));
  EXPECT_THROW(reduce_overview(Resampling::kAverage, g, src, {}, dst), std::invalid_argument);
}

TEST(OverviewAverage, rounds_half_away_from_zero) {
  const Image<std::uint8_t> bytes(2, 2, {1, 2, 1, 2});
  EXPECT_EQ(reduced(Resampling::kAverage, bytes).pixels.at(0), 2);
  const Image<std::int16_t> negative(2, 2, {-1, -2, -1, -2});
  EXPECT_EQ(reduced(Resampling::kAverage, negative).pixels.at(0), -2);
  const Image<std::int64_t> wide(2, 2, {-1, -2, -1, -2});
  EXPECT_EQ(reduced(Resampling::kAverage, wide).pixels.at(0), -2);
}

TEST(OverviewAverage, weighs_the_pixels_of_an_odd_size_by_their_part) {
  const Image<double> row(5, 1, {1, 2, 4, 8, 16});
  const auto small = reduced(Resampling::kAverage, row).pixels;
  ASSERT_EQ(small.size(), 2U);
  EXPECT_DOUBLE_EQ(small[0], (1 + 2 + 0.5 * 4) / 2.5);
  EXPECT_DOUBLE_EQ(small[1], (0.5 * 4 + 8 + 16) / 2.5);
  const Image<float> column(1, 3, {1, 2, 6});
  EXPECT_FLOAT_EQ(reduced(Resampling::kAverage, column).pixels.at(0), 3.0F);
}

TEST(OverviewAverage, leaves_nan_out_whatever_nodata_is) {
  const auto nan = static_cast<float>(kNan);
  const Image<float> image(2, 2, {nan, 2, 4, nan});
  for (const Validity& validity : {Validity{}, with_nodata(kNan), with_nodata(-9999)})
    EXPECT_EQ(reduced(Resampling::kAverage, image, validity).pixels.at(0), 3.0F);
  const Image<float> nothing(2, 2, nan);
  EXPECT_TRUE(std::isnan(reduced(Resampling::kAverage, nothing).pixels.at(0)));
  EXPECT_EQ(reduced(Resampling::kAverage, nothing, with_nodata(-9999)).pixels.at(0), -9999.0F);
}

TEST(OverviewAverage, does_not_take_a_mean_for_nodata_before_it_is_rounded) {
  const Image<std::int16_t> image(2, 2, {1, 1, -1, -2});
  EXPECT_EQ(reduced(Resampling::kAverage, image, with_nodata(0)).pixels.at(0), 1);
  const Image<std::int32_t> wide(2, 2, {6, 6, 8, 9});
  EXPECT_EQ(reduced(Resampling::kAverage, wide, with_nodata(7)).pixels.at(0), 8);
}

TEST(OverviewMode, does_not_elect_nan) {
  const auto nan = static_cast<float>(kNan);
  const Image<float> image(2, 2, {nan, nan, nan, 4});
  EXPECT_EQ(reduced(Resampling::kMode, image).pixels.at(0), 4.0F);
  EXPECT_EQ(reduced(Resampling::kMode, image, with_nodata(-9999)).pixels.at(0), 4.0F);
}

TEST(OverviewAverage, does_not_overflow) {
  constexpr float kMax = std::numeric_limits<float>::max();
  EXPECT_EQ(reduced(Resampling::kAverage, Image<float>(4, 4, kMax)).pixels.at(3), kMax);
}

TEST(OverviewAverage, ignores_a_nodata_value_no_pixel_can_have) {
  const Image<std::uint8_t> image(2, 2, {0, 0, 0, 8});
  EXPECT_EQ(reduced(Resampling::kAverage, image, with_nodata(-9999)).pixels.at(0), 2);
}

TEST(OverviewMode, elects_the_most_frequent_and_of_equals_the_first_to_get_there) {
  using Image8 = Image<std::uint8_t>;
  EXPECT_EQ(reduced(Resampling::kMode, Image8(2, 2, {1, 2, 3, 2})).pixels.at(0), 2);
  EXPECT_EQ(reduced(Resampling::kMode, Image8(2, 2, {1, 2, 2, 1})).pixels.at(0), 2);
  EXPECT_EQ(reduced(Resampling::kMode, Image8(2, 2, {4, 3, 2, 1})).pixels.at(0), 4);
  EXPECT_EQ(reduced(Resampling::kMode, Image8(2, 2, {7, 7, 7, 1}), with_nodata(7)).pixels.at(0), 1);
}

TEST(OverviewCubic, saturates_where_it_overshoots) {
  Image<std::uint8_t> image(16, 16, 0);
  for (std::int64_t r = 0; r < 16; ++r)
    for (std::int64_t c = 8; c < 16; ++c) image.at(c, r) = 255;
  for (const std::uint8_t pixel : reduced(Resampling::kCubic, image).pixels)
    EXPECT_TRUE(pixel < 40 || pixel > 215) << +pixel;
}

TEST(OverviewCubic, moves_a_saturated_pixel_that_equals_nodata) {
  Image<std::uint8_t> image(16, 16, 100);
  for (std::int64_t r = 0; r < 16; ++r)
    for (std::int64_t c = 8; c < 16; ++c) image.at(c, r) = 254;
  const auto small = reduced(Resampling::kCubic, image, with_nodata(255)).pixels;
  EXPECT_EQ(std::count(small.begin(), small.end(), 255), 0);
  EXPECT_GT(std::count(small.begin(), small.end(), 254), 0);
}

TEST(OverviewCubic, asks_for_half_of_its_taps_in_one_piece) {
  Image<float> image(16, 16, -1.0F);
  image.at(8, 8) = 5.0F;
  for (const float pixel : reduced(Resampling::kCubic, image, with_nodata(-1)).pixels)
    EXPECT_EQ(pixel, -1.0F);
  // A lone pixel is enough for a kernel without negative weights.
  const auto small = reduced(Resampling::kBilinear, image, with_nodata(-1));
  EXPECT_EQ(small.at(4, 4), 5.0F);
}

TEST(OverviewConvolution, lets_no_nan_spread_that_is_nodata) {
  const auto nan = static_cast<float>(kNan);
  const auto as_nan = noise<float>(65, 64, nan), as_number = noise<float>(65, 64, -9999.0F);
  for (const Resampling r : {Resampling::kBilinear, Resampling::kCubic}) {
    const auto a = reduced(r, as_nan, with_nodata(kNan)).pixels;
    const auto b = reduced(r, as_number, with_nodata(-9999)).pixels;
    for (std::size_t i = 0; i < a.size(); ++i)
      EXPECT_TRUE(a[i] == b[i] || (std::isnan(a[i]) && b[i] == -9999.0F));
  }
}

TEST(OverviewConvolution, lets_no_nan_spread_whatever_nodata_is) {
  const auto nan = static_cast<float>(kNan);
  const auto image = noise<float>(65, 64, nan);
  for (const Resampling r : {Resampling::kBilinear, Resampling::kCubic}) {
    const auto expected = reduced(r, image, with_nodata(kNan)).pixels;
    const auto without = reduced(r, image).pixels;
    const auto other = reduced(r, image, with_nodata(-9999)).pixels;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const bool none = std::isnan(expected[i]);
      EXPECT_TRUE(none ? std::isnan(without[i]) : without[i] == expected[i]) << name_of(r);
      EXPECT_EQ(other[i], none ? -9999.0F : expected[i]) << name_of(r);
    }
  }
}

TEST(OverviewRange, covers_whole_levels_and_stays_inside) {
  for (const std::int64_t size : {1, 2, 3, 5, 17, 511, 512, 513, 1023, 17999, 100000}) {
    for (const Resampling r : kEvery) {
      const Range all = overview_source_range(r, size, half(size), {0, half(size)});
      EXPECT_EQ(all.begin, 0) << name_of(r) << " " << size;
      EXPECT_LE(all.end, size);
      if (r == Resampling::kNearest) continue;
      EXPECT_EQ(all.end, size) << name_of(r) << " " << size;
    }
  }
}

}  // namespace
}  // namespace cogmill::kernels::test
