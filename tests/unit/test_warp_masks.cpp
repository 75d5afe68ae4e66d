// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// Densities, complex pixels, and NaN among the samples of a box.
#include "tests/unit/warp_image.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

using namespace cogmill::kernels;
using namespace cogmill::testing;
using R = WarpResampling;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

WarpImage with_density(DataType type, float empty) {
  WarpImage image = random_image(type, 40, 30);
  image.density.assign(1200, 1.0F);
  image.valid.assign(1200, 255);
  for (std::size_t i = 0; i < 1200; i += 7) {
    image.density[i] = empty;
    if (empty == 0) image.valid[i] = 0;
  }
  return image;
}

}  // namespace

TEST(WarpDensity, NoDensityIsNoPixel) {
  for (const R r : kAllKernels) {
    const WarpKernel kernel = {r, 1.1, 1.1};
    const WarpImage image = with_density(DataType::kInt16, 0);
    WarpImage masked = image;
    masked.density.clear();
    const auto map = patch_map(Affine{0.3, 0.9, 0.02, -0.4, -0.01, 0.9}, anchor_of(kernel), 44, 33);
    const WarpImage a = warp_whole(kernel, image, map, 44, 33);
    const WarpImage b = warp_whole(kernel, masked, map, 44, 33);
    EXPECT_EQ(a.valid, b.valid) << name_of(r);
    EXPECT_EQ(a.pixels, b.pixels) << name_of(r);
  }
}

TEST(WarpDensity, CubicRingsBelowNothing) {
  // Opaque between two almost transparent columns: beside them the cubic weighs less than nothing.
  WarpImage image = random_image(DataType::kFloat32, 9, 9);
  image.density.assign(81, 1e-4F);
  for (std::size_t r = 0; r < 9; ++r) image.density[r * 9 + 5] = 1;
  const auto at = [&](double x) {
    const auto map = exact_map(
        [&](double, double) {
          return PixelPoint{x, 4.5};
        },
        CoordinateMap::Anchor::kCentres, 1, 1);
    return warp_whole({R::kCubic, 1, 1}, image, map, 1, 1);
  };
  EXPECT_EQ(at(4.0).valid[0], 0);
  EXPECT_EQ(at(5.4).valid[0], 255);
}

TEST(WarpComplex, PartsAreResampledAlone) {
  for (const R r :
       {R::kNearest, R::kBilinear, R::kCubic, R::kCubicSpline, R::kLanczos, R::kAverage, R::kSum})
    for (const auto& [type, part] : {std::pair{DataType::kCInt16, DataType::kInt16},
                                     {DataType::kCInt32, DataType::kInt32},
                                     {DataType::kCFloat32, DataType::kFloat32},
                                     {DataType::kCFloat64, DataType::kFloat64}}) {
      const WarpKernel kernel = {r, 0.8, 0.8};
      WarpImage parts[] = {random_image(part, 41, 29, true), random_image(part, 41, 29, true)};
      for (std::int64_t i = 0; i < 41 * 29; ++i)
        parts[1].set(i % 41, i / 41, parts[0].value(40 - i % 41, i / 41));
      WarpImage image(type, 41, 29);
      image.valid = parts[1].valid = parts[0].valid;
      const auto size = static_cast<std::size_t>(size_bytes(part));
      for (std::size_t i = 0; i < 41 * 29; ++i)
        for (std::size_t k : {0U, 1U})
          std::copy_n(parts[k].pixels.begin() + static_cast<std::ptrdiff_t>(i * size), size,
                      image.pixels.begin() + static_cast<std::ptrdiff_t>((2 * i + k) * size));
      const auto map = patch_map(Affine{-1, 1.25, 0.1, 0, -0.1, 1.25}, anchor_of(kernel), 36, 25);
      const WarpImage out = warp_whole(kernel, image, map, 36, 25);
      for (const std::size_t k : {0U, 1U}) {
        const WarpImage expected = warp_whole(kernel, parts[k], map, 36, 25);
        EXPECT_EQ(out.valid, expected.valid) << name_of(r);
        for (std::size_t i = 0; i < 36 * 25; ++i)
          ASSERT_TRUE(
              std::equal(expected.pixels.begin() + static_cast<std::ptrdiff_t>(i * size),
                         expected.pixels.begin() + static_cast<std::ptrdiff_t>((i + 1) * size),
                         out.pixels.begin() + static_cast<std::ptrdiff_t>((2 * i + k) * size)))
              << name_of(r) << ' ' << name_of(type) << ' ' << i;
      }
    }
}

TEST(WarpComplex, NumbersWithoutOrderAreRefused) {
  const WarpImage image(DataType::kCFloat32, 4, 4);
  for (const R r : {R::kRms, R::kMode, R::kMin, R::kMax, R::kMed, R::kQ1, R::kQ3}) {
    const WarpKernel kernel = {r, 1, 1};
    EXPECT_THROW(warp_whole(kernel, image, patch_map(Affine{}, anchor_of(kernel), 4, 4), 4, 4),
                 std::invalid_argument);
  }
}

TEST(WarpComplex, NodataIsAboutTheRealPart) {
  WarpImage image(DataType::kCFloat32, 3, 1);
  auto* const pixel = reinterpret_cast<std::complex<float>*>(image.pixels.data());
  pixel[0] = {1, 2};
  pixel[1] = {-9, 3};
  pixel[2] = {kNaN, 4};
  image.valid = {255, 255, 255};
  invalidate_nodata(std::as_const(image).plane(), Nodata(-9.0), image.mask());
  EXPECT_EQ(image.valid, (std::vector<std::uint8_t>{255, 0, 0})) << "NaN never is data";
  image.valid = {255, 0, 255};
  invalidate_nodata(std::as_const(image).plane(), Nodata(double{kNaN}), image.mask());
  EXPECT_EQ(image.valid, (std::vector<std::uint8_t>{255, 0, 0}));
  EXPECT_EQ(finish_nodata(image.plane(), std::as_const(image).mask(), Nodata(1.0)), 1);
  EXPECT_GT(pixel[0].real(), 1) << "what is data stays data";
  EXPECT_NEAR(pixel[0].real(), 1, 1e-6);
  EXPECT_EQ(pixel[0].imag(), 2);
  EXPECT_EQ(pixel[2], (std::complex<float>{1, 0}));
}

TEST(WarpBoxes, NaNIsAboveAllNumbers) {
  WarpImage image(DataType::kFloat32, 2, 2);
  const auto of = [&](R r, const std::vector<float>& v) {
    for (std::int64_t i = 0; i < 4; ++i) image.set(i % 2, i / 2, v[static_cast<std::size_t>(i)]);
    const auto map = patch_map(Affine{0, 2, 0, 0, 0, 2}, CoordinateMap::Anchor::kCorners, 1, 1);
    return warp_whole({r, 0.5, 0.5}, image, map, 1, 1).value(0, 0);
  };
  EXPECT_EQ(of(R::kMin, {kNaN, 3, 2, kNaN}), 2);
  EXPECT_EQ(of(R::kMax, {kNaN, 3, 2, kNaN}), 3);
  EXPECT_TRUE(std::isnan(of(R::kMax, {kNaN, kNaN, kNaN, kNaN})));
  EXPECT_TRUE(std::isnan(of(R::kMode, {kNaN, 3, 2, kNaN})));
  EXPECT_EQ(of(R::kMed, {kNaN, 3, 2, kNaN}), 3);
  EXPECT_EQ(of(R::kQ1, {kNaN, 3, 2, kNaN}), 2);
  EXPECT_TRUE(std::isnan(of(R::kAverage, {kNaN, 3, 2, 1})));
}

TEST(WarpBoxes, KnownValues) {
  WarpImage image(DataType::kFloat64, 4, 1);
  for (std::int64_t c = 0; c < 4; ++c) image.set(c, 0, static_cast<double>(10 << c));
  const auto of = [&](R r, double from, double to) {
    const auto map = exact_map(
        [&](double c, double row) {
          return PixelPoint{c == 0 ? from : to, row};
        },
        CoordinateMap::Anchor::kCorners, 1, 1);
    const WarpImage out = warp_whole({r, 0.5, 1}, image, map, 1, 1);
    return out.is_valid(0, 0) ? out.value(0, 0) : -1;
  };
  EXPECT_EQ(of(R::kAverage, 0, 2), 15);
  EXPECT_DOUBLE_EQ(of(R::kAverage, 0.5, 2.25), (0.5 * 10 + 20 + 0.25 * 40) / 1.75);
  EXPECT_DOUBLE_EQ(of(R::kSum, 0.5, 2.25), 0.5 * 10 + 20 + 0.25 * 40);
  EXPECT_DOUBLE_EQ(of(R::kSum, 2.25, 0.5), 35);  // corners in any order
  EXPECT_DOUBLE_EQ(of(R::kRms, 0, 2), std::sqrt(250));
  EXPECT_EQ(of(R::kAverage, 1.25, 1.5), 20);  // one sample counts in full,
  EXPECT_EQ(of(R::kSum, 1.25, 1.5), 5);       // a sum takes its part
  EXPECT_EQ(of(R::kMax, 0, 2), 20);
  EXPECT_EQ(of(R::kMed, 0, 4), 20);
  EXPECT_EQ(of(R::kQ3, 0, 4), 40);
  EXPECT_EQ(of(R::kAverage, 0, 1 + 1e-11), 10);  // no sliver of the next sample
  EXPECT_EQ(of(R::kAverage, -1, 0), -1);
  EXPECT_EQ(of(R::kAverage, 4, 5), -1);
  EXPECT_EQ(of(R::kAverage, 3.5, 5), 80);
  EXPECT_EQ(of(R::kAverage, -1e300, 2), -1);
  EXPECT_EQ(of(R::kAverage, kNaN, 2), -1);
}

TEST(WarpBoxes, TheSeamIsInside) {
  WarpImage image(DataType::kFloat64, 10, 1);
  for (std::int64_t c = 0; c < 10; ++c) image.set(c, 0, static_cast<double>(c));
  struct Box {
    double begin, end, sum, most, least;
  };
  // Over the seam; the same from the other side of it; 8 of 10 columns; all of them, and not twice.
  for (const Box& box : {Box{9, 11, 9, 9, 0}, Box{-1, 1, 9, 9, 0}, Box{9, 17, 30, 9, 0},
                         Box{0, 10, 45, 9, 0}, Box{3, 14, 45, 9, 0}, Box{2, 8, 27, 7, 2}}) {
    const auto map = exact_map(
        [&](double c, double row) {
          return PixelPoint{c == 0 ? box.begin : box.end, row};
        },
        CoordinateMap::Anchor::kCorners, 1, 1);
    for (const R r : {R::kAverage, R::kSum, R::kMax, R::kMin}) {
      if (r == R::kSum && box.end - box.begin > 10) continue;  // it counts what corners span
      const double columns = std::min(10.0, box.end - box.begin);
      const double expected = r == R::kAverage ? box.sum / columns
                              : r == R::kSum   ? box.sum
                              : r == R::kMax   ? box.most
                                               : box.least;
      const WarpImage out = warp_whole({r, 0.5, 1}, image, map, 1, 1, true);
      ASSERT_TRUE(out.is_valid(0, 0));
      EXPECT_DOUBLE_EQ(out.value(0, 0), expected) << name_of(r) << " from " << box.begin;
    }
  }
}
