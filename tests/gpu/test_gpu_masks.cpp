// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/masks.hpp"
#include "kernels/masks.hpp"
#include "kernels/tile_pack.hpp"
#include "kernels/warp/warp.hpp"
#include "tests/gpu/plane_twin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <utility>

namespace cogmill::kernels {
namespace {

using testing_support::DeviceBytes;
using testing_support::kHeight;
using testing_support::kStride;
using testing_support::kWidth;
using testing_support::random_mask;
using testing_support::small_numbers;
using testing_support::Twin;
using testing_support::types;

std::vector<std::byte> random_density(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> bytes(kStride * kHeight * sizeof(float));
  for (std::size_t i = 0; i < kStride * kHeight; ++i) {
    const float weight = random() % 5 == 0 ? 0.0F : static_cast<float>(random() % 1001) / 1000;
    std::memcpy(&bytes[i * sizeof weight], &weight, sizeof weight);
  }
  return bytes;
}

const std::vector<std::optional<Nodata>> kNodata = {
    std::nullopt, Nodata(2.0), Nodata(0.0), Nodata(-9999.0),
    Nodata(std::numeric_limits<double>::quiet_NaN())};

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

TEST(GpuMasks, FillInvalid) {
  for (int t = 0; t < kDataTypeCount; ++t) {
    const auto type = static_cast<DataType>(t);
    std::byte pixel[16];
    for (int i = 0; i < 16; ++i) pixel[i] = static_cast<std::byte>(i + 1);
    const Twin plane(type, small_numbers(type, 11)), valid(DataType::kUInt8, random_mask(12));
    fill_invalid(plane.plane, valid.plane, pixel);
    cuda::fill_invalid(plane.there, valid.there, pixel, nullptr);
    plane.expect_same(std::string(name_of(type)));
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
  unite_valid(one.plane, into.plane);
  cuda::unite_valid(one.there, into.there, nullptr);
  into.expect_same("united");
  for (int t = 0; t < static_cast<int>(DataType::kCInt16); ++t) {
    const auto type = static_cast<DataType>(t);
    const Twin alpha(type, small_numbers(type, 7));
    hide_transparent(alpha.plane, into.plane);
    cuda::hide_transparent(alpha.there, into.there, nullptr);
    into.expect_same("hidden");
  }
}

TEST(GpuMasks, Opacity) {
  for (int t = 0; t < static_cast<int>(DataType::kCInt16); ++t) {
    const auto type = static_cast<DataType>(t);
    const Twin alpha(type, small_numbers(type, 8)), density(DataType::kFloat32, random_density(9)),
        valid(DataType::kUInt8, random_mask(10));
    for (const auto& [narrow, factor] :
         {std::pair{DataType::kUInt8, 1.0}, {DataType::kUInt8, 0.01}, {DataType::kFloat32, 1.0}}) {
      const Twin to(narrow, small_numbers(narrow, 12));
      convert_alpha(alpha.plane, to.plane, factor);
      cuda::convert_alpha(alpha.there, to.there, factor, nullptr);
      to.expect_same("convert_alpha");
    }
    to_density(alpha.plane, density.plane);
    cuda::to_density(alpha.there, density.there, nullptr);
    density.expect_same("to_density");
    const Twin visible(DataType::kUInt8, random_mask(11));
    find_visible(alpha.plane, visible.plane);
    cuda::find_visible(alpha.there, visible.there, nullptr);
    visible.expect_same("find_visible");
    validity_to_alpha(valid.plane, alpha.plane);
    cuda::validity_to_alpha(valid.there, alpha.there, nullptr);
    alpha.expect_same("validity_to_alpha");
  }
}

}  // namespace cogmill::kernels
