// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// The warp's pixels against GDAL's warp kernel, in one chunk and with exact positions. Where they
// may differ is said beside each allowance below; it holds for GDAL 3.6 to 3.8.
#include "tests/parity/gdal_pyramid.hpp"
#include "tests/parity/gdal_warp.hpp"
#include "tests/unit/warp_oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

namespace cogmill::parity {
namespace {

using namespace kernels;
using testing::Affine;
using testing::WarpImage;
using R = WarpResampling;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

enum class Scene { kPlain, kNodata, kNaNNodata, kNaNPixels };

/// 0 .. 199 in unsigned types, -100 .. 99 in signed ones: 8 bits in any type. Holes in clumps and
/// alone.
WarpImage scene(DataType type, Scene kind, std::int64_t width, std::int64_t height, double nodata) {
  WarpImage image(type, width, height);
  std::mt19937 random(static_cast<unsigned>(width + 7 * static_cast<int>(type)));
  const int lowest = traits(type).is_signed ? -100 : 0;
  for (std::int64_t i = 0; i < width * height; ++i) {
    const std::int64_t c = i % width, r = i / width;
    double v =
        lowest + static_cast<double>((c / 3 * 7 + r * 3 + static_cast<int>(random() % 60)) % 199);
    if (is_floating(type)) v += 0.25 * static_cast<double>(random() % 4);
    const bool hole = random() % 23 == 0 || (c / 9 % 4 == 1 && r / 7 % 3 == 2);
    if (kind != Scene::kPlain) {
      if (v == nodata) v += 1;
      if (hole) v = nodata;
    }
    image.set(c, r, v);
  }
  if (kind == Scene::kNodata || kind == Scene::kNaNNodata) {
    image.valid.assign(static_cast<std::size_t>(width * height), 255);
    invalidate_nodata(std::as_const(image).plane(), Nodata(nodata), image.mask());
  }
  return image;
}

bool picks(R r) { return r == R::kNearest || (r >= R::kMode && r <= R::kQ3); }

double distance_to_edge(double v) { return std::abs(v - std::round(v)); }

/// GDAL below 3.7 gives a box that ends up to 1 px left of or above the image its first pixel; all
/// versions one that only touches the border. We ask for an overlap.
bool overlaps(const Affine& at, double col, double row, const WarpImage& image) {
  const PixelPoint a = at(col, row), b = at(col + 1, row + 1);
  return std::max(a.x, b.x) > 1e-10 && std::max(a.y, b.y) > 1e-10 &&
         std::min(a.x, b.x) < static_cast<double>(image.width) - 1e-10 &&
         std::min(a.y, b.y) < static_cast<double>(image.height) - 1e-10;
}

/// A sample within 1e-6 px of the border of a pixel may fall to either side.
bool on_edge(const WarpKernel& kernel, const Affine& at, double col, double row) {
  const PixelPoint centre = at(col + 0.5, row + 0.5), a = at(col, row), b = at(col + 1, row + 1);
  if (takes_boxes(kernel.resampling))
    return std::min(distance_to_edge(a.x), distance_to_edge(a.y)) < 1e-6 ||
           std::min(distance_to_edge(b.x), distance_to_edge(b.y)) < 1e-6;
  return std::min(distance_to_edge(centre.x), distance_to_edge(centre.y)) < 1e-6;
}

bool same_value(const WarpKernel& kernel, DataType type, double ours, double gdals) {
  if (std::isnan(ours) || std::isnan(gdals)) return std::isnan(ours) && std::isnan(gdals);
  if (picks(kernel.resampling)) return ours == gdals;
  if (is_integer(type)) return std::abs(ours - gdals) <= 1;
  return std::abs(ours - gdals) <= 1e-5 * std::max(1.0, std::abs(gdals));
}

/// Lanczos of a coarser output as GDAL 3.6 has it: as if every centre stood on the centre of the
/// pixel left of (above) it. Later versions, and we, weigh the real distances.
std::optional<double> old_lanczos(const WarpKernel& kernel, const WarpImage& image, PixelPoint at) {
  const auto weight = [](double x) {
    return x == 0 ? 1 : std::sin(M_PI * x) * std::sin(M_PI * x / 3) / (M_PI * M_PI * x * x / 3);
  };
  const double scale = kernel.x_scale;
  const auto col = static_cast<std::int64_t>(std::floor(at.x - 0.5));
  const auto row = static_cast<std::int64_t>(std::floor(at.y - 0.5));
  const auto reach = static_cast<std::int64_t>(3 / scale + 1e-9);
  double sum = 0, total = 0;
  std::int64_t valid = 0, all = 0;
  for (std::int64_t j = -reach; j <= reach; ++j)
    for (std::int64_t i = -reach; i <= reach; ++i) {
      const std::int64_t c = col + i, r = row + j;
      if (c < 0 || r < 0 || c >= image.width || r >= image.height) continue;
      ++all;
      if (!image.is_valid(c, r)) continue;
      ++valid;
      const double w =
          weight(static_cast<double>(i) * scale) * weight(static_cast<double>(j) * scale);
      sum += image.value(c, r) * w;
      total += w;
    }
  if (total < 1e-6 || valid < all / 2) return {};
  return sum / total;
}

/// Differences that are GDAL's versions' own.
bool is_of_its_version(const GdalWarp& warp, const WarpImage& image, bool ours_valid, double ours,
                       bool gdal_valid, double gdal, PixelPoint centre) {
  const WarpKernel& kernel = warp.kernel;
  // Kernels wider than their reach by the rounding to samples: GDAL multiplies NaN by 0 there.
  if (std::isnan(gdal) && gdal_valid && ours_valid && !picks(kernel.resampling)) return true;
  // The most frequent of small signed integers is nothing if it is -1, GDAL's mark for "none yet".
  if (kernel.resampling == R::kMode &&
      (image.type == DataType::kInt16 || image.type == DataType::kInt8))
    return ours_valid && ours == -1 && !gdal_valid;
  if (kernel.resampling != R::kLanczos || kernel.x_scale >= 1) return false;
  const auto old = old_lanczos(kernel, image, centre);
  if (old.has_value() != gdal_valid) return false;
  return !old || same_value(kernel, image.type, testing::oracle_round(image.type, *old), gdal);
}

struct Tally {
  std::int64_t same = 0, of_version = 0, allowed = 0;
};

void compare(const GdalWarp& warp, const WarpImage& image, const WarpImage& ours,
             const WarpImage& gdals, Tally& tally) {
  const bool boxes = takes_boxes(warp.kernel.resampling);
  for (std::int64_t r = 0; r < warp.height; ++r)
    for (std::int64_t c = 0; c < warp.width; ++c) {
      const auto col = static_cast<double>(c), row = static_cast<double>(r);
      const bool valid = ours.is_valid(c, r);
      if (valid == gdals.is_valid(c, r) &&
          (!valid || same_value(warp.kernel, image.type, ours.value(c, r), gdals.value(c, r)))) {
        ++tally.same;
        continue;
      }
      const bool outside = boxes && !valid && !overlaps(warp.at, col, row, image);
      const PixelPoint centre = warp.at(col + 0.5, row + 0.5);
      if (outside || is_of_its_version(warp, image, valid, ours.value(c, r), gdals.is_valid(c, r),
                                       gdals.value(c, r), centre)) {
        ++tally.of_version;
        continue;
      }
      ASSERT_TRUE(on_edge(warp.kernel, warp.at, col, row))
          << "pixel " << c << ' ' << r << ": " << valid << ' ' << ours.value(c, r) << ", GDAL "
          << gdals.is_valid(c, r) << ' ' << gdals.value(c, r) << ", from "
          << warp.at(col + 0.5, row + 0.5).x << ' ' << warp.at(col + 0.5, row + 0.5).y;
      ++tally.allowed;
    }
}

/// Methods whose answer to a NaN that is no nodata is not GDAL's: it sorts NaN as if it had an
/// order, counts each NaN as another value, and takes the lowest double for the largest of none.
bool has_own_nan(R r) { return r >= R::kMode && r <= R::kQ3; }

void run(R resampling, DataType type, Scene kind, double scale) {
  const double nodata = kind == Scene::kNodata ? 42 : kNaN;
  const double step = 1 / scale;
  const auto size = [&](double least) {
    return static_cast<std::int64_t>(scale < 1 ? least / std::max(scale, 0.3) : least);
  };
  const WarpImage image = scene(type, kind, size(31), size(23), nodata);
  Tally tally;
  for (const double shift : {0.0, -0.31, 0.73}) {
    GdalWarp warp;
    warp.kernel = {resampling, scale, scale};
    // GDAL 3.6 widens bilinear and cubic below 0.95 already, later versions and we from 0.5 on.
    const bool few = scale > 0.5 && (resampling == R::kBilinear || resampling == R::kCubic);
    if (few) warp.kernel.x_scale = warp.kernel.y_scale = 1;
    warp.at = {shift - 2 * step, step, 0, 0.4 * shift - step, 0, step};
    warp.width = static_cast<std::int64_t>(static_cast<double>(image.width) * scale) + 5;
    warp.height = static_cast<std::int64_t>(static_cast<double>(image.height) * scale) + 4;
    if (kind == Scene::kNodata || kind == Scene::kNaNNodata) warp.nodata = nodata;
    SCOPED_TRACE(std::string(name_of(type)) + " scene " + std::to_string(static_cast<int>(kind)) +
                 " scale " + std::to_string(scale) + " shift " + std::to_string(shift));
    const auto map =
        testing::exact_map(warp.at, testing::anchor_of(warp.kernel), warp.width, warp.height);
    const WarpKernel kernel = {resampling, scale, scale};
    const WarpImage ours = warp_whole(kernel, image, map, warp.width, warp.height);
    compare(warp, image, ours, gdal_warp(warp, {image}).front(), tally);
    if (::testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(tally.same + tally.of_version, 30);
  // Centres and corners that stand on a border are many only where the scale is a whole number.
  if (scale != 1 && scale != 0.5 && scale != 0.1) {
    EXPECT_LT(tally.allowed, 60);
  }
}

}  // namespace

class WarpParity : public ::testing::TestWithParam<R> {};
INSTANTIATE_TEST_SUITE_P(Kernels, WarpParity, ::testing::ValuesIn(testing::kAllKernels),
                         [](const auto& at) { return std::string(name_of(at.param)); });

TEST_P(WarpParity, SamePixels) {
  for (const DataType type : testing::kRealTypes) {
    if (!gdal_knows(type)) continue;
    for (const Scene kind : {Scene::kPlain, Scene::kNodata, Scene::kNaNNodata, Scene::kNaNPixels}) {
      if (kind > Scene::kNodata && !is_floating(type)) continue;
      if (kind == Scene::kNaNPixels && has_own_nan(GetParam())) continue;
      for (const double scale : {0.1, 0.37, 0.5, 0.77, 1.0, 2.3}) {
        run(GetParam(), type, kind, scale);
        if (HasFatalFailure()) return;
      }
    }
  }
}

}  // namespace cogmill::parity
