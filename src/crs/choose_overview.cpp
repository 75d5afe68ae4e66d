// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/choose_overview.hpp"

#include "src/crs/gdal_transformer.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/source_image.hpp"
#include "src/io/gdal_check.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace cogmill::crs {

namespace {

/// Box and pixel size are the user's: GDAL then looks which part of the source they cover.
bool is_fixed(const GridOptions& options) {
  const bool sized = options.size && (*options.size)[0] != 0 && (*options.size)[1] != 0;
  return !options.like.empty() || (options.bbox && (sized || options.resolution));
}

double covered_ratio(const PixelTransformer& transformer, const TargetGrid& target) {
  constexpr int kAcross = 10;
  std::vector<kernels::PixelPoint> points;
  for (int i = 0; i < kAcross * kAcross; ++i)
    points.push_back({static_cast<double>(target.width) * (i % kAcross) / (kAcross - 1),
                      static_cast<double>(target.height) * (i / kAcross) / (kAcross - 1)});
  transformer.transform(points);
  double least = std::numeric_limits<double>::infinity(), most = -least;
  for (const kernels::PixelPoint& p : points) {
    if (std::isnan(p.x)) continue;
    least = std::min(least, p.x);
    most = std::max(most, p.x);
  }
  return most > least ? (most - least) / static_cast<double>(target.width) : 1;
}

/// GDAL's suggestion in output pixels: 0.5 wide means that the output is half as fine.
double natural_ratio(const GdalTransformer& transformer, const SourceImage& image) {
  const io::GdalMessages quiet;
  std::array<double, 6> geotransform = {};
  std::array<double, 4> extent = {};
  int columns = 0, rows = 0;
  const CPLErr status = GDALSuggestedWarpOutput2(
      GDALDataset::ToHandle(image.dataset.get()), GDALGenImgProjTransform, transformer.handle(),
      geotransform.data(), &columns, &rows, extent.data(), 0);
  return status == CE_None && geotransform[1] != 0 ? 1 / geotransform[1] : 1;
}

int automatic_level(double full_width, std::span<const std::int64_t> widths, double target_ratio) {
  const int count = static_cast<int>(widths.size());
  const auto ratio_of = [&](int level) {
    return level < 0 ? 1.0
                     : full_width / static_cast<double>(widths[static_cast<std::size_t>(level)]);
  };
  int level = -1;
  for (; level < count - 1; ++level) {
    const double ratio = ratio_of(level);
    if (ratio < target_ratio && ratio_of(level + 1) > target_ratio) break;
    if (std::abs(ratio - target_ratio) < 0.1) break;
  }
  return level;
}

}  // namespace

double overview_ratio(const SourceOptions& source, const TargetGrid& target,
                      const GridOptions& options) {
  const SourceImage image = open_source_image(source);
  if (is_fixed(options))
    return covered_ratio(*make_pixel_transformer(source, image.width, image.height, target),
                         target);
  return natural_ratio(
      GdalTransformer(image, transformer_options(source, target.crs_wkt), target.geotransform),
      image);
}

int choose_overview(std::int64_t full_width, std::span<const std::int64_t> overview_widths,
                    double target_ratio, const OverviewOption& option) {
  const int count = static_cast<int>(overview_widths.size());
  if (option.rule == OverviewOption::Rule::kNone || count == 0) return -1;
  if (option.rule == OverviewOption::Rule::kLevel) return std::min(option.number, count - 1);
  if (!(target_ratio > 1)) return -1;
  const int level = automatic_level(static_cast<double>(full_width), overview_widths, target_ratio);
  return std::max(-1, level - option.number);
}

}  // namespace cogmill::crs
