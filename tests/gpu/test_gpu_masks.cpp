// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/masks.hpp"
#include "kernels/opacity_pixel.hpp"
#include "kernels/tile_pack.hpp"
#include "kernels/warp/warp.hpp"
#include "tests/gpu/device_memory.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <utility>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::moved;

constexpr std::int64_t kWidth = 301, kHeight = 167, kStride = 310;

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
std::vector<std::byte> small_numbers(DataType type, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(static_cast<std::size_t>(kStride * kHeight * size_bytes(type)));
  const auto set = [&]<class T>(T) {
    auto* const value = reinterpret_cast<T*>(bytes.data());
    for (std::size_t i = 0; i < bytes.size() / sizeof(T); ++i) {
      value[i] = static_cast<T>(random() % 4);
      if constexpr (std::is_floating_point_v<T>)
        if (random() % 9 == 0) value[i] = std::numeric_limits<T>::quiet_NaN();
    }
  };
  visit_real_type(component_of(type), set);
  return bytes;
}

std::vector<std::byte> random_mask(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(kStride * kHeight);
  for (std::byte& b : bytes) b = static_cast<std::byte>(random() % 3 == 0 ? 0 : 255);
  return bytes;
}

std::vector<std::byte> random_density(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(kStride * kHeight * sizeof(float));
  for (std::size_t i = 0; i < kStride * kHeight; ++i) {
    const float weight = random() % 5 == 0 ? 0.0F : static_cast<float>(random() % 1001) / 1000;
    std::memcpy(&bytes[i * sizeof weight], &weight, sizeof weight);
  }
  return bytes;
}

/// All real types and two complex ones.
std::vector<DataType> types() {
  std::vector<DataType> all = {DataType::kCInt16, DataType::kCFloat32};
  for (int type = 0; type < static_cast<int>(DataType::kCInt16); ++type)
    all.push_back(static_cast<DataType>(type));
  return all;
}

const std::vector<std::optional<Nodata>> kNodata = {
    std::nullopt, Nodata(2.0), Nodata(0.0), Nodata(-9999.0),
    Nodata(std::numeric_limits<double>::quiet_NaN())};

template <class F>
void for_all(const F& f) {
  for (std::int64_t row = 0; row < kHeight; ++row)
    for (std::int64_t col = 0; col < kWidth; ++col) f(col, row);
}

}  // namespace

TEST(GpuMasks, InvalidateNodata) {
  for (const DataType type : types())
    for (const auto& nodata : kNodata) {
      if (!nodata) continue;
      const Twin pixels(type, small_numbers(type, 1)), valid(DataType::kUInt8, random_mask(2));
      invalidate_nodata(pixels.plane, *nodata, valid.plane);
      cuda::invalidate_nodata(pixels.there, *nodata, valid.there, nullptr);
      valid.expect_same(std::string(name_of(type)) + ' ' + nodata->to_string());
    }
}

TEST(GpuMasks, FinishNodataAndItsCount) {
  for (const DataType type : types())
    for (const auto& nodata : kNodata) {
      const Twin pixels(type, small_numbers(type, 3)), valid(DataType::kUInt8, random_mask(4));
      const DeviceBytes counter(std::vector<std::byte>(sizeof(std::uint64_t)));
      const std::int64_t count = finish_nodata(pixels.plane, valid.plane, nodata);
      auto* const on_device = reinterpret_cast<std::uint64_t*>(counter.data());
      cuda::finish_nodata(pixels.there, valid.there, nodata, on_device, nullptr);
      const std::string what(name_of(type));
      pixels.expect_same(what);
      std::uint64_t counted = 0;
      std::memcpy(&counted, counter.read().data(), sizeof counted);
      EXPECT_EQ(counted, static_cast<std::uint64_t>(count)) << what;
      cuda::finish_nodata(pixels.there, valid.there, nodata, nullptr, nullptr);  // not counted
      finish_nodata(pixels.plane, valid.plane, nodata);
      pixels.expect_same(what);
    }
}

TEST(GpuMasks, Fill) {
  for (int t = 0; t < kDataTypeCount; ++t) {
    const auto type = static_cast<DataType>(t);
    std::byte pixel[16];
    for (int i = 0; i < 16; ++i) pixel[i] = static_cast<std::byte>(i + 1);
    const Twin plane(type, std::vector<std::byte>(
                               static_cast<std::size_t>(kStride * kHeight * size_bytes(type))));
    fill(plane.plane, pixel);
    cuda::fill(plane.there, pixel, nullptr);
    plane.expect_same(std::string(name_of(type)));
  }
}

TEST(GpuMasks, UniteAndHide) {
  const Twin one(DataType::kUInt8, random_mask(5)), into(DataType::kUInt8, random_mask(6));
  const auto from = one.plane.as<std::uint8_t>(), to = into.plane.as<std::uint8_t>();
  for_all([&](auto col, auto row) {
    to.row(row)[col] = static_cast<std::uint8_t>(to.row(row)[col] | from.row(row)[col]);
  });
  cuda::unite_valid(one.there, into.there, nullptr);
  into.expect_same("united");
  const Twin density(DataType::kFloat32, random_density(7));
  const auto weight = density.plane.as<float>();
  for_all([&](auto col, auto row) {
    to.row(row)[col] = valid_if_visible(to.row(row)[col], weight.row(row)[col]);
  });
  cuda::hide_transparent(density.there, into.there, nullptr);
  into.expect_same("hidden");
}

TEST(GpuMasks, Opacity) {
  for (int t = 0; t < static_cast<int>(DataType::kCInt16); ++t) {
    const auto type = static_cast<DataType>(t);
    const double opaque = opaque_value(type);
    const Twin alpha(type, small_numbers(type, 8)), density(DataType::kFloat32, random_density(9)),
        valid(DataType::kUInt8, random_mask(10));
    const auto weight = density.plane.as<float>();
    const auto ok = valid.plane.as<std::uint8_t>();
    visit_real_type(type, [&]<class T>(T) {
      const auto a = alpha.plane.as<T>();
      for_all([&](auto c, auto r) { a.row(r)[c] = alpha_of_density<T>(weight.row(r)[c], opaque); });
      cuda::to_alpha(density.there, alpha.there, nullptr);
      alpha.expect_same("to_alpha");
      for_all(
          [&](auto c, auto r) { weight.row(r)[c] = density_of_alpha(a.row(r)[c], 1 / opaque); });
      cuda::to_density(alpha.there, density.there, nullptr);
      density.expect_same("to_density");
      for_all([&](auto c, auto r) { a.row(r)[c] = alpha_of_validity<T>(ok.row(r)[c], opaque); });
      cuda::validity_to_alpha(valid.there, alpha.there, nullptr);
      alpha.expect_same("validity_to_alpha");
    });
  }
}

}  // namespace cogmill::kernels
