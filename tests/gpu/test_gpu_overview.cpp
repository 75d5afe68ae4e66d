// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/overview.hpp"
#include "tests/gpu/device_memory.hpp"
#include "tests/support/overview_cases.hpp"

#include <gtest/gtest.h>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::moved;
using testing_support::OverviewCase;

void expect_same_pixels(OverviewCase& one, cuda::OverviewReducer& reducer) {
  const DeviceBytes src(one.src.bytes()), mask(one.mask.bytes()), dst(one.dst.bytes());
  Validity here{one.nodata, {}}, there{one.nodata, {}};
  if (one.masked) {
    here.mask = one.mask.plane();
    there.mask = moved(here.mask, mask.data());
  }
  reduce_overview(one.resampling, one.geometry, one.src.plane(), here, one.dst.plane());
  reducer.reduce(one.resampling, one.geometry, moved(one.src.plane(), src.data()), there,
                 moved(one.dst.plane(), dst.data()), nullptr);
  ASSERT_EQ(dst.read(), one.dst.bytes())
      << name_of(one.resampling) << " of " << name_of(one.src.plane().type);
  ASSERT_TRUE(dst.guards_intact());
}

TEST(GpuOverview, pixels_as_on_the_cpu) {
  std::mt19937 random(83);
  cuda::OverviewReducer reducer;
  for (int round = 0; round < 1000; ++round) {
    auto one = testing_support::random_overview(random, round, round % 100 < 50 ? 60 : 700);
    expect_same_pixels(one, reducer);
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << "round " << round;
  }
}

TEST(GpuOverview, masks_as_on_the_cpu) {
  std::mt19937 random(84);
  cuda::OverviewReducer reducer;
  for (int round = 0; round < 200; ++round) {
    auto one = testing_support::random_overview(random, round * 10, 300);
    const DeviceBytes mask(one.mask.bytes()), dst(one.dst.bytes());
    const ConstPlane plane = one.mask.plane();
    reduce_mask(one.resampling, one.geometry, plane, one.dst.plane());
    reducer.reduce_mask(one.resampling, one.geometry, moved(plane, mask.data()),
                        moved(one.dst.plane(), dst.data()), nullptr);
    ASSERT_EQ(dst.read(), one.dst.bytes()) << name_of(one.resampling) << ", round " << round;
    ASSERT_TRUE(dst.guards_intact());
  }
}

}  // namespace
}  // namespace cogmill::kernels
