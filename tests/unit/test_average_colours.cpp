// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/average_colours.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace cogmill::kernels {
namespace {

constexpr Colour kRed{200, 0, 0, 255}, kBlue{0, 0, 200, 255}, kPurple{101, 0, 99, 255},
    kWhite{255, 255, 255, 255}, kClear{100, 0, 100, 0};

template <class T>
std::vector<T> average(std::vector<T> pixels, std::int64_t width, DataType type,
                       const std::vector<Colour>& table, const Validity& validity = {}) {
  const auto height = static_cast<std::int64_t>(pixels.size()) / width;
  const OverviewGeometry g{.src_width = width,
                           .src_height = height,
                           .dst_width = std::max<std::int64_t>(1, width / 2),
                           .dst_height = std::max<std::int64_t>(1, height / 2)};
  std::vector<T> out(static_cast<std::size_t>(g.dst_width * g.dst_height), T{77});
  average_colours(
      g, {reinterpret_cast<const std::byte*>(pixels.data()), type, width, height, width}, validity,
      table,
      {reinterpret_cast<std::byte*>(out.data()), type, g.dst_width, g.dst_height, g.dst_width});
  return out;
}

using Bytes = std::vector<std::uint8_t>;

TEST(AverageColours, NotNumbers) {
  const std::vector<Colour> table{kRed, kWhite, kPurple, kWhite, kBlue};
  // The mean of the numbers is 2 here by chance, and 1 there.
  EXPECT_EQ(average<std::uint8_t>({0, 4, 1, 3, 4, 0, 3, 1}, 4, DataType::kUInt8, table),
            (Bytes{2, 1}));
  EXPECT_EQ(average<std::uint8_t>({0, 0, 1, 1, 4, 4, 1, 1}, 4, DataType::kUInt8, table),
            (Bytes{2, 1}));
}

TEST(AverageColours, EqualPixelsKeepTheirNumber) {
  const std::vector<Colour> table{kWhite, kRed, kRed, kRed};
  EXPECT_EQ(average<std::uint8_t>({3, 3, 3, 3}, 2, DataType::kUInt8, table), (Bytes{3}));
  // Numbers beyond the table too.
  EXPECT_EQ(average<std::uint8_t>({9, 9, 9, 9}, 2, DataType::kUInt8, table), (Bytes{9}));
}

TEST(AverageColours, OnlyColoursCount) {
  const std::vector<Colour> table{kRed, kBlue, kClear, kPurple};
  EXPECT_EQ(average<std::uint8_t>({0, 1, 0, 1}, 2, DataType::kUInt8, table), (Bytes{3}))
      << "the clear entry would be nearer";
  EXPECT_EQ(average<std::uint8_t>({0, 2, 2, 9}, 2, DataType::kUInt8, table), (Bytes{0}));
  EXPECT_EQ(average<std::uint8_t>({2, 9, 9, 2}, 2, DataType::kUInt8, table), (Bytes{2}));
}

TEST(AverageColours, NodataAndMask) {
  const std::vector<Colour> table{kRed, kBlue, kPurple, kPurple};
  Validity validity;
  validity.nodata = Nodata(2.0);
  EXPECT_EQ(average<std::uint8_t>({0, 1, 2, 2}, 2, DataType::kUInt8, table, validity), (Bytes{3}))
      << "a valid pixel may not come out as nodata";
  EXPECT_EQ(average<std::uint8_t>({2, 2, 2, 2}, 2, DataType::kUInt8, table, validity), (Bytes{2}));
  const Bytes mask{255, 0, 0, 0};
  validity.mask = {reinterpret_cast<const std::byte*>(mask.data()), DataType::kUInt8, 2, 2, 2};
  EXPECT_EQ(average<std::uint8_t>({1, 0, 0, 0}, 2, DataType::kUInt8, table, validity), (Bytes{1}));
}

TEST(AverageColours, NaNIsNoPixel) {
  const std::vector<Colour> table{kRed, kBlue, kPurple};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto one = [&](std::vector<float> pixels, const Validity& validity = {}) {
    return average<float>(std::move(pixels), 2, DataType::kFloat32, table, validity).front();
  };
  EXPECT_EQ(one({nan, 1, 1, nan}), 1);
  EXPECT_EQ(one({0, 1, nan, nan}), 2);
  EXPECT_TRUE(std::isnan(one({nan, nan, nan, nan})));
  EXPECT_EQ(one({nan, nan, 9, nan}, {Nodata(9.0), {}}), 9);
}

TEST(AverageColours, OddSizesWeighTheirBorders) {
  const std::vector<Colour> table{
      {0, 0, 0, 255}, {90, 90, 90, 255}, {60, 60, 60, 255}, {30, 30, 30, 255}};
  // Three columns under one pixel: 0, 90, 90 count alike.
  EXPECT_EQ(average<std::uint8_t>({0, 1, 1, 0, 1, 1}, 3, DataType::kUInt8, table), (Bytes{2}));
  // Five columns under two pixels: 1 + 1 + 0.5 and 0.5 + 1 + 1.
  EXPECT_EQ(average<std::uint8_t>({0, 0, 1, 1, 0, 0, 0, 1, 1, 0}, 5, DataType::kUInt8, table),
            (Bytes{3, 2}));
}

TEST(AverageColours, OtherTypes) {
  const std::vector<Colour> table{kRed, kBlue, kPurple};
  EXPECT_EQ(average<std::int16_t>({0, 1, -1, 300}, 2, DataType::kInt16, table),
            (std::vector<std::int16_t>{2}));
  EXPECT_EQ(average<float>({0, 1, 0.5F, 1e30F}, 2, DataType::kFloat32, table),
            (std::vector<float>{2}));
}

}  // namespace
}  // namespace cogmill::kernels
