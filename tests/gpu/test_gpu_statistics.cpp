// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/statistics.hpp"
#include "tests/gpu/device_memory.hpp"
#include "tests/support/statistics_cases.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::moved;

TEST(GpuStatistics, tiles_as_on_the_cpu) {
  std::mt19937 random(92);
  cuda::TileStatistics statistics;
  for (int round = 0; round < 400; ++round) {
    const auto one = testing_support::random_statistics(random, round);
    std::vector<std::unique_ptr<DeviceBytes>> memory;
    std::vector<ConstPlane> planes;
    for (const auto& plane : one.memory) {
      memory.push_back(std::make_unique<DeviceBytes>(plane.bytes()));
      planes.push_back(moved(plane.plane(), memory.back()->data()));
    }
    const DeviceBytes mask_bytes(one.mask.bytes());
    ConstPlane mask;
    if (one.masked) mask = moved(one.mask.plane(), mask_bytes.data());
    statistics.measure(planes, one.nodata, mask, one.run, nullptr);
    const auto got = statistics.read(nullptr);
    const auto expected = one.expected();
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i)
      ASSERT_TRUE(testing_support::same_bits(got[i], expected[i]))
          << "round " << round << ", " << name_of(planes[0].type) << ": " << got[i].count << " and "
          << expected[i].count << ", minima " << got[i].minimum << " and " << expected[i].minimum
          << ", means " << got[i].mean << " and " << expected[i].mean << ", deviations "
          << got[i].sum_squared_deviation << " and " << expected[i].sum_squared_deviation;
  }
}

}  // namespace
}  // namespace cogmill::kernels
