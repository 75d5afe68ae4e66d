// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/gpu/gpu_case.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace cogmill::kernels {
namespace {

using testing::CaseLimits;
using testing::WarpCase;
using R = WarpResampling;

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
