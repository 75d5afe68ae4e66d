// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/warp_oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace cogmill::kernels;
using namespace cogmill::testing;
using R = WarpResampling;

namespace {

/// How far a result may be from the oracle: one unit for integers, where the sum in another order
/// may fall on the other side of one half; 64-bit integers by 1e-13 of the largest (sum: 1e-12,
/// areas are differences of positions), the rounding of doubles; floats by 1e-5 of the largest
/// sample.
double bound_of(DataType type, R r) {
  if (is_integer(type) && size_bytes(type) == 8 && r != R::kNearest)
    return r == R::kSum ? 2e7 : 2e6;
  if (is_integer(type)) return 1;
  return 0.01;
}

std::optional<double> oracle(const WarpKernel& kernel, const WarpImage& image, const Affine& at,
                             double x, double y) {
  if (kernel.resampling == R::kSum)
    return oracle_sum(image, {at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)});
  if (takes_boxes(kernel.resampling)) return oracle_box(kernel, image, at(x, y), at(x + 1, y + 1));
  return oracle_point(kernel, image, at(x + 0.5, y + 0.5));
}

void expect_oracle(const WarpKernel& kernel, const WarpImage& image, const Affine& at) {
  const std::int64_t width = 61, height = 37;
  const CoordinateMap map = patch_map(at, anchor_of(kernel), width, height);
  const WarpImage out = warp_whole(kernel, image, map, width, height);
  std::int64_t valid = 0;
  for (std::int64_t row = 0; row < height; ++row)
    for (std::int64_t col = 0; col < width; ++col) {
      const auto x = static_cast<double>(col), y = static_cast<double>(row);
      const auto expected = oracle(kernel, image, at, x, y);
      ASSERT_EQ(out.is_valid(col, row), expected.has_value()) << col << ' ' << row;
      if (!expected) continue;
      ++valid;
      const double got = out.value(col, row);
      ASSERT_NEAR(got, oracle_round(image.type, *expected), bound_of(image.type, kernel.resampling))
          << col << ' ' << row;
    }
  EXPECT_GT(valid, 50);
}

}  // namespace

class WarpValues : public ::testing::TestWithParam<R> {};
INSTANTIATE_TEST_SUITE_P(Kernels, WarpValues, ::testing::ValuesIn(kAllKernels),
                         [](const auto& at) { return std::string(name_of(at.param)); });

TEST_P(WarpValues, FollowTheFormulas) {
  for (const DataType type : kRealTypes)
    for (const bool holes : {false, true})
      for (const double scale : {1.0, 2.3, 0.77, 0.5, 0.31}) {
        SCOPED_TRACE(std::string(name_of(type)) + (holes ? " holes " : " ") +
                     std::to_string(scale));
        const double step = 1 / scale;
        expect_oracle({GetParam(), scale, scale}, random_image(type, 47, 31, holes),
                      {-1.3, step, 0.1 * step, -0.7, -0.07 * step, step});
      }
}

TEST_P(WarpValues, ScaleOfEachAxisIsItsOwn) {
  expect_oracle({GetParam(), 0.3, 1.7}, random_image(DataType::kUInt16, 97, 31, true),
                {0.2, 1 / 0.3, 0, 0.1, 0, 1 / 1.7});
  expect_oracle({GetParam(), 1.7, 0.3}, random_image(DataType::kInt16, 47, 95),
                {0.2, 1 / 1.7, 0, 95.1, 0, -1 / 0.3});
}

TEST_P(WarpValues, TinyImages) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 9}, {9, 1}, {2, 2}, {3, 3}, {5, 4}})
    for (const double scale : {40.0, 1.0, 0.2}) {
      SCOPED_TRACE(std::to_string(width) + "x" + std::to_string(height) + ' ' +
                   std::to_string(scale));
      const WarpKernel kernel = {GetParam(), scale, scale};
      const WarpImage image = random_image(DataType::kFloat32, width, height);
      const Affine at = {-0.4, 1 / scale, 0, -0.3, 0, 1 / scale};
      const CoordinateMap map = patch_map(at, anchor_of(kernel), 11, 13);
      const WarpImage out = warp_whole(kernel, image, map, 11, 13);
      for (std::int64_t row = 0; row < 13; ++row)
        for (std::int64_t col = 0; col < 11; ++col) {
          const auto x = static_cast<double>(col), y = static_cast<double>(row);
          const auto expected = oracle(kernel, image, at, x, y);
          ASSERT_EQ(out.is_valid(col, row), expected.has_value());
          if (!expected) continue;
          ASSERT_NEAR(out.value(col, row), *expected, 0.01);
        }
    }
}

TEST_P(WarpValues, IdentityIsTheSource) {
  if (GetParam() == R::kCubicSpline) return;  // a spline smooths
  for (const DataType type : kRealTypes) {
    const WarpKernel kernel = {GetParam(), 1, 1};
    WarpImage image = random_image(type, 300, 67);
    const bool moves =
        GetParam() == R::kNearest || (GetParam() >= R::kMode && GetParam() <= R::kQ3);
    // Methods that compute do so in double: 64-bit integers beyond 2^53 only move.
    if (size_bytes(type) == 8 && is_integer(type) && !moves) image = small_values(type, 300, 67);
    // A root of a square has no sign.
    if (GetParam() == R::kRms)
      for (std::int64_t i = 0; i < 300 * 67; ++i)
        image.set(i % 300, i / 300, std::abs(std::trunc(image.value(i % 300, i / 300) / 2)));
    const WarpImage out =
        warp_whole(kernel, image, patch_map(Affine{}, anchor_of(kernel), 300, 67), 300, 67);
    EXPECT_EQ(out.pixels, image.pixels) << name_of(type);
    EXPECT_EQ(std::count(out.valid.begin(), out.valid.end(), 255), 300 * 67) << name_of(type);
  }
}

TEST_P(WarpValues, IdentityKeepsHoles) {
  const WarpKernel kernel = {GetParam(), 1, 1};
  const WarpImage image = random_image(DataType::kFloat32, 60, 50, true);
  const WarpImage out =
      warp_whole(kernel, image, patch_map(Affine{}, anchor_of(kernel), 60, 50), 60, 50);
  EXPECT_EQ(out.valid, image.valid);
}

/// Whatever turns, mirrors or coarsens the pixels: the sum of all stays.
TEST(WarpSum, KeepsTheTotal) {
  const WarpImage image = random_image(DataType::kFloat64, 47, 31);
  double total = 0;
  for (std::int64_t i = 0; i < 47 * 31; ++i) total += image.value(i % 47, i / 47);
  for (const double angle : {0.0, 0.3, 1.0, 2.0, 3.14159, 4.5})
    for (const double step : {0.7, 1.0, 3.3})
      for (const double mirror : {1.0, -1.0}) {
        const double c = std::cos(angle) * step, s = std::sin(angle) * step;
        const auto side = static_cast<std::int64_t>(70 / step) + 2;
        const double half = static_cast<double>(side) / 2;
        const Affine at = {23.5 - half * (c - mirror * s), c, -mirror * s,
                           15.5 - half * (s + mirror * c), s, mirror * c};
        const WarpKernel kernel = {R::kSum, 1 / step, 1 / step};
        for (const bool exact : {false, true}) {
          const auto map = exact ? exact_map(at, anchor_of(kernel), side, side)
                                 : patch_map(at, anchor_of(kernel), side, side);
          const WarpImage out = warp_whole(kernel, image, map, side, side);
          double sum = 0;
          for (std::int64_t i = 0; i < side * side; ++i)
            if (out.is_valid(i % side, i / side)) sum += out.value(i % side, i / side);
          EXPECT_NEAR(sum, total, 1e-6) << angle << ' ' << step << ' ' << mirror << ' ' << exact;
        }
      }
}
