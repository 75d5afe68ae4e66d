// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace cogmill::tests {
namespace {

using kernels::ConstPlane;
using kernels::DataType;
using kernels::Nodata;
using kernels::Statistics;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

template <class T>
ConstPlane plane_of(const std::vector<T>& pixels, DataType type, std::int64_t width) {
  return {reinterpret_cast<const std::byte*>(pixels.data()), type, width,
          static_cast<std::int64_t>(pixels.size()) / width, width};
}

/// The definition, in long double and two passes.
template <class T>
Statistics expected(const std::vector<T>& pixels, const std::vector<bool>& valid) {
  Statistics s;
  long double sum = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (!valid[i]) continue;
    const auto v = static_cast<double>(pixels[i]);
    s.minimum = s.count == 0 ? v : std::min(s.minimum, v);
    s.maximum = s.count == 0 ? v : std::max(s.maximum, v);
    sum += static_cast<long double>(pixels[i]);
    ++s.count;
  }
  if (s.count == 0) return s;
  const long double mean = sum / static_cast<long double>(s.count);
  long double squares = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const long double deviation = static_cast<long double>(pixels[i]) - mean;
    if (valid[i]) squares += deviation * deviation;
  }
  s.mean = static_cast<double>(mean);
  s.sum_squared_deviation = static_cast<double>(squares);
  return s;
}

void expect_same(const Statistics& got, const Statistics& want, const std::string& what) {
  EXPECT_EQ(got.count, want.count) << what;
  EXPECT_EQ(got.minimum, want.minimum) << what;
  EXPECT_EQ(got.maximum, want.maximum) << what;
  EXPECT_NEAR(got.mean, want.mean, 1e-13 * std::abs(want.mean)) << what;
  EXPECT_NEAR(got.sum_squared_deviation, want.sum_squared_deviation,
              1e-12 * want.sum_squared_deviation)
      << what;
}

/// All values of small types, wide ones over their whole range, floats around a large mean.
template <class T>
std::vector<T> random_pixels(std::size_t size) {
  std::mt19937_64 random(11);
  std::vector<T> pixels(size);
  for (T& pixel : pixels) {
    if constexpr (std::is_floating_point_v<T>)
      pixel = static_cast<T>(100000 + static_cast<double>(random() % 1000) / 10);
    else
      pixel = static_cast<T>(random());
  }
  return pixels;
}

/// Runs one test body for every real type.
template <class F>
void for_real_types(F&& f) {
  for (int t = 0; t < kernels::kDataTypeCount; ++t) {
    const auto type = static_cast<DataType>(t);
    if (!is_complex(type)) visit_real_type(type, [&]<class T>(T) { f(T{}, type); });
  }
}

TEST(Statistics, EveryTypeAgreesWithTheDefinition) {
  for_real_types([]<class T>(T, DataType type) {
    for (const std::int64_t width : {1, 2, 7, 8, 9, 61, 2047, 2048, 2049, 5003}) {
      const auto pixels = random_pixels<T>(static_cast<std::size_t>(3 * width));
      const auto name = std::string(name_of(type)) + " width " + std::to_string(width);
      const std::vector<bool> all(pixels.size(), true);
      expect_same(compute_statistics(plane_of(pixels, type, width), {}, {}), expected(pixels, all),
                  name);
    }
  });
}

TEST(Statistics, LeavesOutNodataAndMask) {
  for_real_types([]<class T>(T, DataType type) {
    auto pixels = random_pixels<T>(3 * 701);
    std::vector<std::uint8_t> mask(pixels.size());
    std::vector<bool> not_nodata, not_masked, both;
    std::mt19937 random(12);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      if (random() % 3 == 0) pixels[i] = T{42};
      mask[i] = static_cast<std::uint8_t>(random() % 4);
      not_nodata.push_back(pixels[i] != T{42});
      not_masked.push_back(mask[i] != 0);
      both.push_back(not_nodata[i] && not_masked[i]);
    }
    const auto plane = plane_of(pixels, type, 701);
    const auto mask_plane = plane_of(mask, DataType::kUInt8, 701);
    const Nodata nodata(std::int64_t{42});
    const std::string name(name_of(type));
    expect_same(compute_statistics(plane, nodata, {}), expected(pixels, not_nodata), name);
    expect_same(compute_statistics(plane, {}, mask_plane), expected(pixels, not_masked), name);
    expect_same(compute_statistics(plane, nodata, mask_plane), expected(pixels, both), name);
  });
}

TEST(Statistics, NothingValidIsEmpty) {
  for_real_types([]<class T>(T, DataType type) {
    const std::vector<T> pixels(100, T{9});
    const auto got = compute_statistics(plane_of(pixels, type, 10), Nodata(9.0), {});
    EXPECT_EQ(got.count, 0);
    EXPECT_EQ(got.minimum, 0);
    EXPECT_EQ(got.maximum, 0);
    EXPECT_EQ(got.standard_deviation(), 0);
  });
}

TEST(Statistics, NodataThatNoPixelCanEqualIsNone) {
  const std::vector<std::uint8_t> pixels = {0, 241, 255};
  const auto plane = plane_of(pixels, DataType::kUInt8, 3);
  EXPECT_EQ(compute_statistics(plane, Nodata(-9999.0), {}).count, 3);
  EXPECT_EQ(compute_statistics(plane, Nodata(kNan), {}).count, 3);
}

TEST(Statistics, NanNeverCounts) {
  std::vector<float> pixels(4099, std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(compute_statistics(plane_of(pixels, DataType::kFloat32, 4099), {}, {}).count, 0);
  pixels[4098] = -3;
  pixels[17] = 5;
  const auto got = compute_statistics(plane_of(pixels, DataType::kFloat32, 4099), Nodata(kNan), {});
  EXPECT_EQ(got.count, 2);
  EXPECT_EQ(got.minimum, -3);
  EXPECT_EQ(got.maximum, 5);
  EXPECT_EQ(got.mean, 1);
  EXPECT_EQ(got.standard_deviation(), 4);
}

TEST(Statistics, ExtremesOfIntegersAreExact) {
  const std::vector<std::uint32_t> wide(1 << 16, 4294967295U);
  const auto all_high = compute_statistics(plane_of(wide, DataType::kUInt32, 256), {}, {});
  EXPECT_EQ(all_high.mean, 4294967295.0);
  EXPECT_EQ(all_high.sum_squared_deviation, 0);
  const std::vector<std::int16_t> low(1 << 16, -32768);
  EXPECT_EQ(compute_statistics(plane_of(low, DataType::kInt16, 256), {}, {}).mean, -32768);
  const std::vector<std::int64_t> ends = {std::numeric_limits<std::int64_t>::lowest(),
                                          std::numeric_limits<std::int64_t>::max()};
  EXPECT_EQ(compute_statistics(plane_of(ends, DataType::kInt64, 2), {}, {}).mean, -0.5);
}

TEST(Statistics, CombiningPartsGivesTheWhole) {
  const auto pixels = random_pixels<float>(64 * 100);
  const auto plane = plane_of(pixels, DataType::kFloat32, 64);
  Statistics sum;
  for (std::int64_t row = 0; row < 100; row += 20)
    sum.combine(compute_statistics(plane.crop(0, row, 64, 20), {}, {}));
  sum.combine(Statistics{});
  expect_same(sum, expected(pixels, std::vector<bool>(pixels.size(), true)), "combined");
}

TEST(Statistics, DependsOnPixelsAloneNotOnTheirPlace) {
  const auto pixels = random_pixels<float>(500 * 7);
  const auto plane = plane_of(pixels, DataType::kFloat32, 500);
  std::vector<float> moved(600 * 7 + 1, 3.0F);  // another stride and another alignment
  for (std::size_t i = 0; i < pixels.size(); ++i) moved[i / 500 * 600 + i % 500 + 1] = pixels[i];
  const ConstPlane other = {reinterpret_cast<const std::byte*>(moved.data() + 1),
                            DataType::kFloat32, 500, 7, 600};
  const auto a = compute_statistics(plane, {}, {});
  const auto b = compute_statistics(other, {}, {});
  EXPECT_EQ(a.mean, b.mean);
  EXPECT_EQ(a.sum_squared_deviation, b.sum_squared_deviation);
}

}  // namespace
}  // namespace cogmill::tests
