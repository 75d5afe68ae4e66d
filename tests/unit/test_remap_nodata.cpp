// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "kernels/remap_nodata.hpp"
#include "tests/support/random_planes.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace cogmill::kernels {
namespace {

using testing_support::HostPlane;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

template <class T>
HostPlane row_of(DataType type, const std::vector<T>& pixels) {
  const auto bytes = static_cast<std::int64_t>(pixels.size() * sizeof(T));
  const std::int64_t n = bytes / size_bytes(type);  // complex pixels are two values
  HostPlane plane(type, n, 1, n);
  std::memcpy(plane.bytes().data(), pixels.data(), plane.bytes().size());
  return plane;
}

template <class T>
std::vector<T> pixels_of(const HostPlane& plane) {
  std::vector<T> pixels(plane.bytes().size() / sizeof(T));
  std::memcpy(pixels.data(), plane.bytes().data(), plane.bytes().size());
  return pixels;
}

/// convert_plane, then remap_nodata.   @return how many were moved
std::int64_t convert(const HostPlane& from, const std::optional<Nodata>& holes, HostPlane& to,
                     double nodata) {
  convert_plane(from.plane(), to.plane());
  return remap_nodata(from.plane(), holes, to.plane(), Nodata(nodata));
}

TEST(RemapNodata, HolesAndNanGetTheValueAndDataStepsAside) {
  const auto src = row_of<float>(DataType::kFloat32, {-7777, float(kNan), 5, 0, -3, 400});
  HostPlane dst(DataType::kUInt8, 6, 1, 6);
  EXPECT_EQ(convert(src, Nodata(-7777.0), dst, 0), 2);
  EXPECT_EQ(pixels_of<std::uint8_t>(dst), (std::vector<std::uint8_t>{0, 0, 5, 1, 1, 255}));
  EXPECT_EQ(convert(src, Nodata(-7777.0), dst, 255), 1);
  EXPECT_EQ(pixels_of<std::uint8_t>(dst), (std::vector<std::uint8_t>{255, 255, 5, 0, 0, 254}));
}

TEST(RemapNodata, ComplexPixelsAreWhatTheirRealPartsAre) {
  const auto src = row_of<float>(DataType::kCFloat32, {5, 1, float(kNan), 2, 3, 5, -7, 4});
  HostPlane dst(DataType::kCFloat32, 4, 1, 4);
  convert_plane(src.plane(), dst.plane());
  EXPECT_EQ(remap_nodata(src.plane(), Nodata(5.0), dst.plane(), Nodata(-7.0)), 1);
  const auto pixels = pixels_of<float>(dst);
  EXPECT_EQ(std::vector<float>(pixels.begin(), pixels.begin() + 6),
            (std::vector<float>{-7, 0, -7, 0, 3, 5}));
  EXPECT_NE(pixels[6], -7);
  EXPECT_NEAR(pixels[6], -7, 1e-5);
  EXPECT_EQ(pixels[7], 4);
}

TEST(RemapNodata, WithoutAValueOnlyNanIsAHole) {
  const auto floats = row_of<double>(DataType::kFloat64, {kNan, 1, 2});
  HostPlane same = floats;
  EXPECT_EQ(remap_nodata(same.plane(), {}, same.plane(), Nodata(2.0)), 1);
  EXPECT_EQ(pixels_of<double>(same).at(0), 2);
  EXPECT_GT(pixels_of<double>(same).at(2), 2);
  const auto bytes = row_of<std::uint8_t>(DataType::kUInt8, {0, 9, 255});
  HostPlane out(DataType::kUInt8, 3, 1, 3);
  EXPECT_EQ(convert(bytes, {}, out, 9), 1);
  EXPECT_EQ(pixels_of<std::uint8_t>(out), (std::vector<std::uint8_t>{0, 8, 255}));
}

TEST(RemapNodata, AValueThatNoPixelCanHaveChangesNothing) {
  const auto src = row_of<std::uint8_t>(DataType::kUInt8, {3, 4});
  HostPlane dst = src;
  EXPECT_EQ(remap_nodata(src.plane(), Nodata(3.0), dst.plane(), Nodata(-1.0)), 0);
  EXPECT_EQ(dst.bytes(), src.bytes());
  EXPECT_EQ(remap_nodata(src.plane(), Nodata(-1.0), dst.plane(), Nodata(4.0)), 1);
  EXPECT_EQ(pixels_of<std::uint8_t>(dst), (std::vector<std::uint8_t>{3, 3}));
}

TEST(RemapNodata, KeepsEveryBitOf64) {
  const std::int64_t big = (std::int64_t{1} << 60) + 1;
  const auto src = row_of<std::int64_t>(DataType::kInt64, {big, big - 1});
  HostPlane dst = src;
  EXPECT_EQ(remap_nodata(src.plane(), Nodata(big), dst.plane(), Nodata(big - 1)), 1);
  EXPECT_EQ(pixels_of<std::int64_t>(dst), (std::vector<std::int64_t>{big - 1, big - 2}));
}

}  // namespace
}  // namespace cogmill::kernels
