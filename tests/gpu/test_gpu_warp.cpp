// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/gpu/gpu_case.hpp"
#include "tests/unit/warp_image.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace cogmill::kernels {
namespace {

using testing::CaseLimits;
using testing::WarpCase;
using R = WarpResampling;

/// How two answers of kLanczos differ: its sines are not the same.
struct LanczosTally {
  std::int64_t pixels = 0, other = 0, far = 0;

  void add(const WarpCase& a, const WarpCase& b) {
    for (std::size_t i = 0; i < a.bands.size(); ++i)
      visit_real_type(a.bands[i].target.type, [&]<class T>(T) {
        add<T>(a.bands[i].target.bytes, b.bands[i].target.bytes);
      });
  }

 private:
  template <class T>
  void add(const std::vector<std::byte>& a, const std::vector<std::byte>& b) {
    for (std::size_t i = 0; i < a.size() / sizeof(T); ++i) {
      ++pixels;
      if (std::memcmp(&a[i * sizeof(T)], &b[i * sizeof(T)], sizeof(T)) == 0) continue;
      const auto x = static_cast<double>(reinterpret_cast<const T*>(a.data())[i]);
      const auto y = static_cast<double>(reinterpret_cast<const T*>(b.data())[i]);
      if (std::isnan(x) && std::isnan(y)) continue;
      ++other;
      const double least = std::is_floating_point_v<T> ? 1e-4 : 1;
      far += !(std::abs(x - y) <= least + 1e-6 * std::abs(x));
    }
  }
};

void expect_lanczos(unsigned cases, const CaseLimits& limits) {
  cuda::DeviceMap map;
  LanczosTally tally;
  for (unsigned seed = 0; seed < cases; ++seed) {
    WarpCase expected = testing::random_case(R::kLanczos, seed, limits), actual = expected;
    const auto bands = expected.warp_bands();
    warp_block(expected.kernel, expected.geometry, expected.map, expected.col, expected.row, bands);
    ASSERT_EQ(testing::warp_on_device(actual, map), "") << expected.name;
    tally.add(expected, actual);
  }
  // Far: where next to nothing is left of the weights, a sine decides what they are divided by.
  EXPECT_LE(tally.far * 10000, tally.pixels) << tally.far << " of " << tally.pixels;
  EXPECT_LE(tally.other * 50, tally.pixels) << tally.other << " of " << tally.pixels;
  ::testing::Test::RecordProperty("other", std::to_string(tally.other) + " of " +
                                               std::to_string(tally.pixels) + ", far " +
                                               std::to_string(tally.far));
}

void expect_same(R resampling, unsigned cases, const CaseLimits& limits) {
  cuda::DeviceMap map;  // grows, and is used again
  for (unsigned seed = 0; seed < cases; ++seed) {
    WarpCase expected = testing::random_case(resampling, seed, limits), actual = expected;
    const auto bands = expected.warp_bands();
    warp_block(expected.kernel, expected.geometry, expected.map, expected.col, expected.row, bands);
    ASSERT_EQ(testing::warp_on_device(actual, map), "") << expected.name;
    ASSERT_EQ(testing::difference(actual, expected), "") << expected.name;
  }
}

}  // namespace

TEST(GpuWarp, Nearest) { expect_same(R::kNearest, 200, {.complex = true}); }
TEST(GpuWarp, Bilinear) { expect_same(R::kBilinear, 200, {.least_scale = 0.75}); }
TEST(GpuWarp, Cubic) { expect_same(R::kCubic, 200, {.least_scale = 0.75}); }

class GpuWarpOf : public ::testing::TestWithParam<R> {};
INSTANTIATE_TEST_SUITE_P(Kernels, GpuWarpOf, ::testing::ValuesIn(testing::kAllKernels),
                         [](const auto& at) { return std::string(name_of(at.param)); });

TEST_P(GpuWarpOf, AnyScale) {
  if (GetParam() == R::kLanczos) return expect_lanczos(100, {});
  expect_same(GetParam(), 100, {.complex = true});
}
TEST_P(GpuWarpOf, CoarserOutput) {
  const CaseLimits limits = {.least_scale = 0.06, .most_scale = 0.4, .most_pixels = 60};
  if (GetParam() == R::kLanczos) return expect_lanczos(50, limits);
  expect_same(GetParam(), 50, limits);
}
TEST_P(GpuWarpOf, FarCoarserOutput) {
  const CaseLimits limits = {.least_scale = 0.02, .most_scale = 0.04, .most_pixels = 8};
  if (GetParam() == R::kLanczos) return expect_lanczos(10, limits);
  expect_same(GetParam(), 10, limits);
}

TEST(GpuWarp, ThereIsAnEndToKernels) {
  const std::vector types = {DataType::kUInt8};
  for (const R r : testing::kAllKernels) {
    EXPECT_TRUE(cuda::can_warp({r, 0.01, 0.01}, types)) << name_of(r);
    EXPECT_EQ(cuda::can_warp({r, 1e-12, 1e-12}, types), r == R::kNearest || takes_boxes(r));
  }
}

TEST(GpuWarp, ManyBands) {
  expect_same(R::kBilinear, 20, {.least_scale = 0.75, .most_pixels = 50, .most_bands = 70});
}

TEST(GpuWarp, LargeWindows) {
  expect_same(R::kNearest, 2, {.least_scale = 0.75, .most_pixels = 3000});
  expect_same(R::kBilinear, 2, {.least_scale = 0.75, .most_pixels = 3000});
}

TEST(GpuWarp, WhatItDoesNotTakeIsRefused) {
  WarpCase c = testing::random_case(R::kBilinear, 1, {.most_bands = 1});
  for (auto* plane : {&c.bands[0].source, &c.bands[0].target}) {
    plane->type = DataType::kCInt16;
    plane->bytes.resize(static_cast<std::size_t>(plane->stride * plane->height * 4));
  }
  EXPECT_FALSE(cuda::can_warp(c.kernel, std::vector{DataType::kCInt16}));
  cuda::DeviceMap map;
  const auto bands = c.warp_bands();
  EXPECT_THROW(cuda::warp_block(c.kernel, c.geometry, map, c.col, c.row, bands, nullptr),
               std::invalid_argument);
  EXPECT_NO_THROW(cuda::warp_block(c.kernel, c.geometry, map, c.col, c.row, {}, nullptr));
}

TEST(GpuWarp, MapsMove) {
  const WarpCase c = testing::random_case(R::kNearest, 3, {});
  cuda::DeviceMap one;
  one.upload(c.map, nullptr);
  const MapCell* const cells = one.view().cells;
  cuda::DeviceMap other(std::move(one));
  EXPECT_EQ(other.view().cells, cells);
  one = std::move(other);
  EXPECT_EQ(one.view().cells, cells);
  one.upload(c.map, nullptr);
  EXPECT_EQ(one.view().cells, cells);  // there was room
}

}  // namespace cogmill::kernels
