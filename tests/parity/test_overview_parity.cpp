// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
//
// Our overviews against those of GDAL's COG driver, level by level down the cascade.
// Equal: nearest, mode and average of every type (average of Float64 within kDoubleBound, where
// GDAL computes it in double), bilinear and cubic of integers of 8 and 16 bits. Within a bound:
// bilinear and cubic of Float32 and Float64 (kFloatBound, kDoubleBound), and of integers of 32 and
// 64 bits (1, where GDAL computes them in double). Where GDAL strays from the rule "each overview
// is made of the one before", and what is compared:
// - Int32, UInt32, Int64, UInt64 and Float64: GDAL 3.6 computes in Float32 and loses bits even with
//   nearest (3.10 does not). There we expect what our Float32 kernels make of the same numbers.
// - Masks: from the second overview on, GDAL reduces a mask as a grey image of one or of eight
// bits,
//   as the source's mask has, and weighs pixels by it. Ours stay 0 or 255 by the rule of the first
//   overview. So average, bilinear and cubic are compared step by step: GDAL begins each step at
//   our last level.
// - 64-bit integers: GDAL 3.6 forgets their nodata value after the first overview. Step by step
// too.
// - An image one pixel wide: GDAL takes each level from the full resolution, because the width does
//   not shrink. cogmill cascades there too; this test gives our kernels the source that GDAL took.
// - NaN as nodata: with bilinear and cubic GDAL lets one NaN spoil all pixels that it touches, with
//   mode GDAL 3.10 makes 0 of it. Ours is a nodata value like any other, so we expect the pixels of
//   GDAL with -9999 in place of NaN.
// - Averages of signed pixels of 8 and 16 bits: GDAL compares them with nodata before it rounds, or
//   cuts them, to integers, so that some become holes. Ours are no holes. We expect, step by step,
//   what GDAL makes with a nodata value that no average comes near, and 52 where that is 51.
#include "tests/parity/gdal_pyramid.hpp"
#include "tests/parity/overview_scenes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace cogmill::parity {
namespace {

using kernels::DataType;
using kernels::Nodata;
using kernels::Resampling;

/// A float's unit in the last place of the largest pixels that this test makes, and 64 of a
/// double's: where pixels are missing, sums are divided by small weights.
constexpr double kLargest = 2300.0;
constexpr double kFloatBound = kLargest * std::numeric_limits<float>::epsilon();
constexpr double kDoubleBound = 64.0 * kLargest * std::numeric_limits<double>::epsilon();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Size = std::pair<std::int64_t, std::int64_t>;
constexpr std::array<Size, 7> kSizes = {
    {{512, 384}, {513, 517}, {262, 300}, {131, 1}, {1, 700}, {257, 3}, {1023, 130}}};

bool is_wide(DataType type) { return kernels::size_bytes(type) >= 4 && type != DataType::kFloat32; }
bool is_convolution(Resampling r) { return r == Resampling::kBilinear || r == Resampling::kCubic; }

/// @return a smaller level, made by our kernels
Level reduce(const Level& src, Size size, const std::optional<Nodata>& nodata,
             Resampling resampling) {
  Level dst(src.type, size.first, size.second);
  const kernels::OverviewGeometry g{src.width, src.height, dst.width, dst.height, 0, 0, 0, 0};
  kernels::reduce_overview(resampling, g, src.plane(), {nodata, src.mask_plane()}, dst.plane());
  if (!src.mask.empty()) {
    dst.mask.resize(static_cast<std::size_t>(dst.width * dst.height));
    kernels::reduce_mask(resampling, g, src.mask_plane(),
                         {reinterpret_cast<std::byte*>(dst.mask.data()), DataType::kUInt8,
                          dst.width, dst.height, dst.width});
  }
  return dst;
}

/// reduce() as a GDAL that works in Float32 would do it.
Level reduce_in_float32(const Level& src, Size size, const std::optional<Nodata>& nodata,
                        Resampling resampling) {
  return converted(reduce(converted(src, DataType::kFloat32), size, nodata, resampling), src.type);
}

/// @return whether this GDAL keeps 2^24 + 1, which a float cannot hold, in an Int32 overview
bool gdal_works_in_double(Resampling resampling) {
  Level base(DataType::kInt32, 256, 256);
  const auto plane = base.plane().as<std::int32_t>();
  std::fill(plane.data, plane.data + 256 * 256, 16777217);
  const auto levels = gdal_overviews(base, std::nullopt, resampling);
  return levels.at(0).plane().as<std::int32_t>().row(64)[64] == 16777217;
}

struct Difference {
  std::int64_t pixels = 0;  ///< that differ by more than the bound
  double largest = 0;
  std::string first;
};

/// @param bound largest difference allowed between pixels   NaN equals NaN.
Difference compare(const Level& a, const Level& b, double bound) {
  Difference d;
  kernels::visit_real_type(a.type, [&](auto pixel) {
    using T = decltype(pixel);
    for (std::int64_t i = 0; i < a.width * a.height; ++i) {
      const T x = a.plane().as<T>().data[i], y = b.plane().as<T>().data[i];
      if (x == y || (x != x && y != y)) continue;
      const double off = std::fabs(static_cast<double>(x) - static_cast<double>(y));
      if (off <= bound) continue;
      if (d.pixels++ == 0)
        d.first = "col " + std::to_string(i % a.width) + " row " + std::to_string(i / a.width) +
                  ": ours " + std::to_string(x) + ", GDAL " + std::to_string(y);
      d.largest = std::max(d.largest, off);
    }
  });
  return d;
}

void expect_same(const Level& ours, const Level& gdal, double bound) {
  ASSERT_EQ(ours.width, gdal.width);
  ASSERT_EQ(ours.height, gdal.height);
  const Difference d = compare(ours, gdal, bound);
  EXPECT_EQ(d.pixels, 0) << "of " << ours.width * ours.height << ", largest " << d.largest << ", "
                         << d.first;
  EXPECT_EQ(ours.mask, gdal.mask);
}

/// The sizes of the overview levels of a COG with tiles of 128 pixels.
std::vector<Size> overview_sizes(Size size) {
  std::vector<Size> sizes;
  while (size.first > 128 || size.second > 128) {
    size = {std::max<std::int64_t>(1, size.first / 2), std::max<std::int64_t>(1, size.second / 2)};
    sizes.push_back(size);
  }
  return sizes;
}

/// The level that GDAL makes levels.back()'s successor from: levels.back(), but the full resolution
/// where the width cannot shrink any more.
const Level& gdal_source(const std::vector<Level>& levels, Size next) {
  return levels.back().width > next.first ? levels.back() : levels.front();
}

using Case = std::tuple<DataType, Resampling, Gaps>;

std::string name_of_case(const testing::TestParamInfo<Case>& info) {
  const auto [type, resampling, gaps] = info.param;
  constexpr std::array<const char*, 4> kGaps = {"all_valid", "nodata", "nan", "mask"};
  return std::string(kernels::name_of(type)) + "_" + std::string(kernels::name_of(resampling)) +
         "_" + kGaps[static_cast<std::size_t>(gaps)];
}

/// @return whether GDAL makes holes of averages that are data (head of this file)
bool gdal_loses_means(DataType type, Resampling resampling, Gaps gaps) {
  const bool is_signed = kernels::is_integer(type) && kernels::traits(type).is_signed;
  return gaps == Gaps::kNodata && is_signed && kernels::size_bytes(type) <= 2 &&
         resampling == Resampling::kAverage;
}

/// @return whether GDAL's second overview is not its first overview of the first (head of this
/// file)
bool gdal_strays(DataType type, Resampling resampling, Gaps gaps) {
  if (gdal_loses_means(type, resampling, gaps)) return true;
  if (gaps == Gaps::kMask) return resampling == Resampling::kAverage || is_convolution(resampling);
  return gaps == Gaps::kNodata && kernels::is_integer(type) && kernels::size_bytes(type) == 8;
}

class OverviewParity : public testing::TestWithParam<Case> {};

/// GDAL's overviews, of the image with -9999 for NaN where GDAL cannot do NaN.
std::vector<Level> gdal_levels(const Level& base, const std::optional<Nodata>& nodata,
                               Resampling resampling) {
  const bool swap = nodata && std::isnan(nodata->as_double()) &&
                    (is_convolution(resampling) || resampling == Resampling::kMode);
  if (!swap) return gdal_overviews(base, nodata, resampling);
  Level numbers = base;
  replace(numbers, kNan, -9999.0);
  auto levels = gdal_overviews(numbers, Nodata(-9999.0), resampling);
  for (Level& level : levels) replace(level, -9999.0, kNan);
  return levels;
}

/// GDAL's overviews of an image whose averages may come out as nodata, which then take the next
/// value.
std::vector<Level> gdal_levels_beside(const Level& base, double nodata) {
  constexpr double kFar = -100;  // from all pixels
  Level numbers = base;
  replace(numbers, nodata, kFar);
  auto levels = gdal_overviews(numbers, Nodata(kFar), Resampling::kAverage);
  for (Level& level : levels) {
    replace(level, nodata, nodata + 1);
    replace(level, kFar, nodata);
  }
  return levels;
}

/// One case of the test and how its levels are made and judged.
struct Plan {
  std::optional<Nodata> nodata;
  Resampling resampling;
  bool in_float32;
  double bound;
  bool beside;  ///< averages that come out as nodata take the next value, which GDAL's do not

  Level reduced(const Level& src, Size size) const {
    return in_float32 ? reduce_in_float32(src, size, nodata, resampling)
                      : reduce(src, size, nodata, resampling);
  }
};

double bound_for(DataType type, Resampling resampling, bool in_float32) {
  const bool convolution = is_convolution(resampling);
  if (type == DataType::kFloat32) return convolution ? kFloatBound : 0.0;
  if (!is_wide(type)) return 0.0;
  if (type == DataType::kFloat64 && in_float32) return convolution ? kFloatBound : 0.0;
  if (type == DataType::kFloat64)
    return convolution || resampling == Resampling::kAverage ? kDoubleBound : 0.0;
  return convolution && !in_float32 ? 1.0 : 0.0;
}

Plan plan_for(DataType type, Resampling resampling, Gaps gaps) {
  const bool in_float32 = is_wide(type) && !gdal_works_in_double(resampling);
  return {nodata_for(type, gaps), resampling, in_float32, bound_for(type, resampling, in_float32),
          gdal_loses_means(type, resampling, gaps)};
}

/// Compares every level of the cascade with GDAL's.
void compare_cascade(const Level& base, const Plan& plan) {
  std::vector<Level> ours = {base};
  const auto expected = gdal_levels(base, plan.nodata, plan.resampling);
  const auto sizes = overview_sizes({base.width, base.height});
  ASSERT_GE(sizes.size(), 1U);
  ASSERT_EQ(expected.size(), sizes.size());
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    ours.push_back(plan.reduced(gdal_source(ours, sizes[i]), sizes[i]));
    expect_same(ours.back(), expected[i], plan.bound);
  }
}

/// Compares every step of the cascade with the first overview that GDAL makes of our source level.
void compare_steps(Level level, const Plan& plan) {
  const auto sizes = overview_sizes({level.width, level.height});
  ASSERT_GE(sizes.size(), 1U);
  for (const Size& size : sizes) {
    const auto expected = plan.beside ? gdal_levels_beside(level, plan.nodata->as_double())
                                      : gdal_levels(level, plan.nodata, plan.resampling);
    ASSERT_GE(expected.size(), 1U);
    level = plan.reduced(level, size);
    expect_same(level, expected.front(), plan.bound);
  }
}

TEST_P(OverviewParity, cascade_equals_gdal) {
  const auto [type, resampling, gaps] = GetParam();
  if (!gdal_knows(type)) GTEST_SKIP() << "this GDAL has no " << kernels::name_of(type);
  const Plan plan = plan_for(type, resampling, gaps);
  for (const Size& size : kSizes) {
    SCOPED_TRACE(std::to_string(size.first) + " x " + std::to_string(size.second));
    const Level base = make_base(type, size, resampling, gaps, plan.nodata);
    if (gdal_strays(type, resampling, gaps))
      compare_steps(base, plan);
    else
      compare_cascade(base, plan);
  }
}

/// GDAL cuts a level where its source pixels exceed 10 MB. That does not show, here either.
TEST(OverviewParityChunks, of_gdal_do_not_show) {
  for (const Resampling resampling : {Resampling::kAverage, Resampling::kCubic}) {
    for (const Size& size : {Size{10602, 260}, Size{10601, 261}}) {
      const Plan plan = plan_for(DataType::kFloat32, resampling, Gaps::kNone);
      compare_cascade(make_base(DataType::kFloat32, size, resampling, Gaps::kNone, {}), plan);
    }
  }
}

constexpr std::array kEveryResampling = {Resampling::kNearest, Resampling::kAverage,
                                         Resampling::kBilinear, Resampling::kCubic,
                                         Resampling::kMode};

INSTANTIATE_TEST_SUITE_P(integers, OverviewParity,
                         testing::Combine(testing::Values(DataType::kUInt8, DataType::kInt8,
                                                          DataType::kUInt16, DataType::kInt16,
                                                          DataType::kUInt32, DataType::kInt32,
                                                          DataType::kUInt64, DataType::kInt64),
                                          testing::ValuesIn(kEveryResampling),
                                          testing::Values(Gaps::kNone, Gaps::kNodata, Gaps::kMask)),
                         name_of_case);
INSTANTIATE_TEST_SUITE_P(floats, OverviewParity,
                         testing::Combine(testing::Values(DataType::kFloat32, DataType::kFloat64),
                                          testing::ValuesIn(kEveryResampling),
                                          testing::Values(Gaps::kNone, Gaps::kNodata,
                                                          Gaps::kNanNodata, Gaps::kMask)),
                         name_of_case);

}  // namespace
}  // namespace cogmill::parity
