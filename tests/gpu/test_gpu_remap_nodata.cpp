// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/remap_nodata.hpp"
#include "kernels/remap_nodata.hpp"
#include "tests/gpu/device_memory.hpp"
#include "tests/support/random_planes.hpp"

#include <gtest/gtest.h>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::moved;

TEST(GpuRemapNodata, every_pair_of_types_as_on_the_cpu) {
  std::mt19937 random(95);
  const Nodata values[] = {Nodata(3.0), Nodata(std::nan("")), Nodata(-1.0), Nodata(300.0)};
  for (int from = 0; from < 10; ++from)
    for (int to = 0; to < 10; ++to)
      for (const Nodata& nodata : values) {
        const auto src =
            testing_support::random_plane(random, static_cast<DataType>(from), 101, 37, 105);
        auto dst = testing_support::random_plane(random, static_cast<DataType>(to), 101, 37, 101);
        const Nodata& other = values[random() % 4];
        const DeviceBytes in(src.bytes()), out(dst.bytes());
        const std::int64_t count = remap_nodata(src.plane(), nodata, dst.plane(), other);
        const std::uint64_t none = 0;
        const DeviceBytes counted(std::as_bytes(std::span(&none, 1)));
        cuda::remap_nodata(moved(src.plane(), in.data()), nodata, moved(dst.plane(), out.data()),
                           other, reinterpret_cast<std::uint64_t*>(counted.data()), nullptr);
        ASSERT_EQ(out.read(), dst.bytes()) << from << " to " << to;
        ASSERT_TRUE(out.guards_intact());
        std::uint64_t got = 0;
        std::memcpy(&got, counted.read().data(), sizeof got);
        ASSERT_EQ(got, static_cast<std::uint64_t>(count));
      }
}

}  // namespace
}  // namespace cogmill::kernels
