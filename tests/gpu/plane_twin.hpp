// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/gpu/device_memory.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cogmill::testing_support {

using kernels::DataType;
using kernels::Plane;

inline constexpr std::int64_t kWidth = 301, kHeight = 167, kStride = 310;

/// A plane on the host and its twin on the device.
struct Twin {
  Twin(DataType type, std::vector<std::byte> pixels)
      : host(std::move(pixels)),
        device(host),
        plane{host.data(), type, kWidth, kHeight, kStride},
        there(moved(plane, device.data())) {}

  void expect_same(const std::string& what) const {
    EXPECT_EQ(device.read(), host) << what;
    EXPECT_TRUE(device.guards_intact()) << what;
  }

  std::vector<std::byte> host;
  DeviceBytes device;
  Plane plane, there;
};

/// Bytes 0 .. 3 as numbers of the type, so that some equal any small nodata.
inline std::vector<std::byte> small_numbers(DataType type, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(
      static_cast<std::size_t>(kStride * kHeight * kernels::size_bytes(type)));
  const auto set = [&]<class T>(T) {
    auto* const value = reinterpret_cast<T*>(bytes.data());
    for (std::size_t i = 0; i < bytes.size() / sizeof(T); ++i) {
      value[i] = static_cast<T>(random() % 4);
      if constexpr (std::is_floating_point_v<T>)
        if (random() % 9 == 0) value[i] = std::numeric_limits<T>::quiet_NaN();
    }
  };
  kernels::visit_real_type(kernels::component_of(type), set);
  return bytes;
}

inline std::vector<std::byte> random_mask(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(kStride * kHeight);
  for (std::byte& b : bytes) b = static_cast<std::byte>(random() % 3 == 0 ? 0 : 255);
  return bytes;
}

/// All real types and two complex ones.
inline std::vector<DataType> types() {
  std::vector<DataType> all = {DataType::kCInt16, DataType::kCFloat32};
  for (int type = 0; type < static_cast<int>(DataType::kCInt16); ++type)
    all.push_back(static_cast<DataType>(type));
  return all;
}

}  // namespace cogmill::testing_support
