// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/convert_plane.hpp"
#include "kernels/evaluate.hpp"
#include "tests/gpu/device_memory.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::moved;

constexpr std::int64_t kWidth = 301, kHeight = 67, kStride = 310;

/// Any bits, NaN and infinities among them, and values near every type's limits.
std::vector<std::byte> pixels_of(DataType type, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<std::byte> bytes(static_cast<std::size_t>(kStride * kHeight * size_bytes(type)));
  for (std::byte& b : bytes) b = static_cast<std::byte>(random() & 0xFF);
  visit_real_type(type, [&]<class T>(T) {
    constexpr double kValues[] = {0,     -0.5,    0.5,        1.5,        -1.5,   127.5,  255.5,
                                  65535, 65535.5, 2147483648, 4294967295, 9.3e18, 1.9e19, -9.3e18};
    const PlaneView<T> view = {reinterpret_cast<T*>(bytes.data()), kWidth, kHeight, kStride};
    for (std::int64_t i = 0; i < kWidth; i += 2)
      view.row(i % kHeight)[i] =
          static_cast<T>(std::is_floating_point_v<T> ? kValues[random() % std::size(kValues)]
                                                     : double(random() & 1));
  });
  return bytes;
}

TEST(GpuConvertPlane, every_pair_of_types_as_on_the_cpu) {
  for (int from = 0; from < static_cast<int>(DataType::kCInt16); ++from)
    for (int to = 0; to < static_cast<int>(DataType::kCInt16); ++to) {
      const auto src_type = static_cast<DataType>(from), dst_type = static_cast<DataType>(to);
      const auto source = pixels_of(src_type, static_cast<unsigned>(from * 100 + to));
      std::vector<std::byte> expected(
          static_cast<std::size_t>(kStride * kHeight * size_bytes(dst_type)), std::byte{7});
      const ConstPlane src = {source.data(), src_type, kWidth, kHeight, kStride};
      const Plane dst = {expected.data(), dst_type, kWidth, kHeight, kStride};
      const DeviceBytes device_src(source), device_dst(expected);
      convert_plane(src, dst);
      cuda::convert_plane(moved(src, device_src.data()), moved(dst, device_dst.data()), nullptr);
      EXPECT_EQ(device_dst.read(), expected) << name_of(src_type) << " to " << name_of(dst_type);
      EXPECT_TRUE(device_dst.guards_intact());
    }
}

}  // namespace
}  // namespace cogmill::kernels
