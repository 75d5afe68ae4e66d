// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// What makes a pixel invalid, against GDAL: alpha, and nodata of several bands.
#include "tests/parity/gdal_warp.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>

namespace cogmill::parity {
namespace {

using namespace kernels;
using testing::Affine;
using testing::WarpImage;
using R = WarpResampling;

constexpr std::int64_t kWidth = 50, kHeight = 40;
/// Not above or left of the image, where GDAL's versions differ about boxes (test_warp_parity.cpp).
const Affine kTurned = {1.3, 0.83, 0.06, 4.4, -0.05, 0.83};

WarpImage noise(DataType type, unsigned seed) {
  WarpImage image(type, kWidth, kHeight);
  std::mt19937 random(seed);
  for (std::int64_t i = 0; i < kWidth * kHeight; ++i)
    image.set(i % kWidth, i / kWidth, static_cast<double>(random() % 200));
  return image;
}

/// Warps several bands in one call. `valid` of an image without a mask is empty.
std::vector<WarpImage> warp_together(const WarpKernel& kernel, const Affine& at,
                                     const std::vector<WarpImage>& images) {
  std::vector<WarpImage> out(images.size(), WarpImage(images[0].type, kWidth, kHeight));
  std::vector<WarpBand> bands(images.size());
  for (std::size_t b = 0; b < bands.size(); ++b) {
    out[b].valid.assign(kWidth * kHeight, 0);
    bands[b].source = images[b].plane();
    bands[b].source_valid = images[b].mask();
    bands[b].target = out[b].plane();
    bands[b].target_valid = out[b].mask();
    if (!images[b].density.empty())
      bands[b].source_density = {images[b].density.data(), kWidth, kHeight, kWidth};
  }
  const auto map = testing::exact_map(at, testing::anchor_of(kernel), kWidth, kHeight);
  warp_block(kernel, {kWidth, kHeight, 0, 0, false}, map, 0, 0, bands);
  return out;
}

void expect_same(const WarpImage& ours, const WarpImage& gdals) {
  const double bound = is_integer(ours.type) ? 1 : 2e-3;
  std::int64_t valid = 0;
  for (std::int64_t i = 0; i < kWidth * kHeight; ++i) {
    const std::int64_t c = i % kWidth, r = i / kWidth;
    ASSERT_EQ(ours.is_valid(c, r), gdals.is_valid(c, r)) << c << ' ' << r;
    if (!ours.is_valid(c, r)) continue;
    ++valid;
    ASSERT_NEAR(ours.value(c, r), gdals.value(c, r), bound) << c << ' ' << r;
  }
  EXPECT_GT(valid, 100);
}

}  // namespace

class WarpMaskParity : public ::testing::TestWithParam<R> {};
INSTANTIATE_TEST_SUITE_P(Kernels, WarpMaskParity,
                         ::testing::Values(R::kNearest, R::kBilinear, R::kCubic, R::kCubicSpline,
                                           R::kLanczos, R::kAverage, R::kMode, R::kMed),
                         [](const auto& at) { return std::string(name_of(at.param)); });

TEST_P(WarpMaskParity, Alpha) {
  for (const DataType type : {DataType::kUInt8, DataType::kFloat32}) {
    std::vector<WarpImage> bands = {noise(type, 1), noise(type, 2)};
    WarpImage& alpha = bands[1];
    WarpImage image = bands[0];
    for (std::int64_t i = 0; i < kWidth * kHeight; ++i) {
      const std::int64_t c = i % kWidth, r = i / kWidth;
      const bool clear = c / 6 % 3 == 1 && r / 5 % 2 == 0;
      alpha.set(c, r, clear ? 0 : (r < 20 ? 255 : 55 + alpha.value(c, r)));
      image.density.push_back(static_cast<float>(alpha.value(c, r) / 255));
      image.valid.push_back(alpha.value(c, r) > 0 ? 255 : 0);
    }
    GdalWarp warp;
    warp.kernel = {GetParam(), 1, 1};
    warp.at = kTurned;
    warp.width = kWidth;
    warp.height = kHeight;
    warp.alpha = true;
    const auto gdals = gdal_warp(warp, bands);
    const auto ours = warp_together(warp.kernel, kTurned, {image});
    expect_same(ours[0], gdals[0]);
    if (takes_boxes(GetParam())) continue;  // opaque
    const auto moved = warp_together({R::kNearest}, kTurned, {alpha});
    for (std::int64_t i = 0; i < kWidth * kHeight; ++i) {
      const std::int64_t c = i % kWidth, r = i / kWidth;
      ASSERT_NEAR(ours[0].is_valid(c, r) ? moved[0].value(c, r) : 0, gdals[1].value(c, r), 1)
          << c << ' ' << r;
    }
  }
}

TEST_P(WarpMaskParity, NodataOfSeveralBands) {
  std::vector<WarpImage> bands = {noise(DataType::kInt16, 3), noise(DataType::kInt16, 4)};
  for (std::int64_t i = 0; i < kWidth * kHeight; ++i) {
    const std::int64_t c = i % kWidth, r = i / kWidth;
    if (c / 4 % 3 == 1 && r / 4 % 3 == 0) bands[0].set(c, r, -7);
    if (c / 4 % 3 == 2 || (c / 8 % 2 == 1 && r / 4 % 3 == 0)) bands[1].set(c, r, -7);
  }
  for (const char* unified : {"YES", "PARTIAL", "NO"}) {
    SCOPED_TRACE(unified);
    GdalWarp warp;
    warp.kernel = {GetParam(), 1, 1};
    warp.at = kTurned;
    warp.width = kWidth;
    warp.height = kHeight;
    warp.nodata = -7;
    warp.unified = unified;
    const auto gdals = gdal_warp(warp, bands);
    std::vector<WarpImage> masked = bands;
    for (WarpImage& band : masked) {
      band.valid.assign(kWidth * kHeight, 255);
      invalidate_nodata(std::as_const(band).plane(), Nodata(-7.0), band.mask());
    }
    if (*unified == 'Y')
      for (std::size_t i = 0; i < masked[0].valid.size(); ++i)
        masked[0].valid[i] = masked[1].valid[i] = masked[0].valid[i] | masked[1].valid[i];
    WarpKernel kernel = warp.kernel;
    kernel.centre = *unified == 'Y'   ? CentreRule::kBand
                    : *unified == 'P' ? CentreRule::kAnyBand
                                      : CentreRule::kNone;
    const auto ours = warp_together(kernel, kTurned, masked);
    expect_same(ours[0], gdals[0]);
    expect_same(ours[1], gdals[1]);
  }
}

}  // namespace cogmill::parity
