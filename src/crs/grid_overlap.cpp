// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/grid_overlap.hpp"

#include "src/crs/gdal_transformer.hpp"
#include "src/crs/map_turn.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <vector>

namespace cogmill::crs {
namespace {

using Box = std::array<double, 4>;  // x_min, y_min, x_max, y_max

/// The source's bounds in output pixels, as GDAL sees them; nothing if it cannot tell.
std::optional<Box> bounds_in_output(const SourceOptions& source, const SourceImage& image,
                                    const TargetGrid& grid) {
  const GdalTransformer transformer(image, transformer_options(source, grid.crs_wkt),
                                    grid.geotransform);
  const io::GdalMessages quiet;
  std::array<double, 6> ignored = {};
  Box extent = {};
  int columns = 0, rows = 0;
  const CPLErr status = GDALSuggestedWarpOutput2(GDALDataset::ToHandle(image.dataset.get()),
                                                 GDALGenImgProjTransform, transformer.handle(),
                                                 ignored.data(), &columns, &rows, extent.data(), 0);
  return status == CE_None ? std::optional(extent) : std::nullopt;
}

/// Whether the bounds, or what lies whole turns beside them on a map that repeats, share columns
/// with the grid.
bool reaches_columns(const Box& bounds, const TargetGrid& grid) {
  const auto& g = grid.geotransform;
  const auto width = static_cast<double>(grid.width);
  const bool upright = g[1] != 0 && g[2] == 0 && g[4] == 0;
  const double turn = upright ? map_turn_of(grid.crs_wkt).period / std::abs(g[1]) : 0;
  // The first copy that ends within the grid, or beyond it.
  const double shift = turn > 0 ? turn * (std::floor(-bounds[2] / turn) + 1) : 0;
  return bounds[2] + shift > 0 && bounds[0] + shift < width;
}

bool any_position_inside(const SourceOptions& source, const SourceImage& image,
                         const TargetGrid& grid) {
  constexpr int kSteps = 32;
  std::vector<kernels::PixelPoint> points;
  for (int i = 0; i <= kSteps; ++i)
    for (int j = 0; j <= kSteps; ++j)
      points.push_back({static_cast<double>(grid.width) * j / kSteps,
                        static_cast<double>(grid.height) * i / kSteps});
  const auto transformer = make_pixel_transformer(source, image.width, image.height, grid);
  transformer->transform(points);
  const bool repeats = transformer->period() > 0;
  const auto w = static_cast<double>(image.width), h = static_cast<double>(image.height);
  return std::any_of(points.begin(), points.end(), [&](const kernels::PixelPoint& p) {
    return p.y >= 0 && p.y <= h && (repeats || (p.x >= 0 && p.x <= w));
  });
}

/// Output pixels in the output's CRS: "1.5 48 2.5 49".
std::string coordinates(const TargetGrid& grid, const Box& box) {
  const auto& g = grid.geotransform;
  std::array<double, 4> xs = {}, ys = {};
  for (std::size_t k = 0; k < 4; ++k) {
    const double x = box[k % 2 * 2], y = box[k / 2 * 2 + 1];
    xs[k] = g[0] + x * g[1] + y * g[2];
    ys[k] = g[3] + x * g[4] + y * g[5];
  }
  const auto [west, east] = std::minmax_element(xs.begin(), xs.end());
  const auto [south, north] = std::minmax_element(ys.begin(), ys.end());
  char text[128];
  std::snprintf(text, sizeof text, "%.9g,%.9g,%.9g,%.9g", *west, *south, *east, *north);
  return text;
}

}  // namespace

void require_overlap(const SourceOptions& source, const SourceImage& image,
                     const TargetGrid& grid) {
  const auto w = static_cast<double>(grid.width), h = static_cast<double>(grid.height);
  const std::optional<Box> bounds = bounds_in_output(source, image, grid);
  const bool apart =
      !bounds || !reaches_columns(*bounds, grid) || (*bounds)[1] >= h || (*bounds)[3] <= 0;
  if (!apart || any_position_inside(source, image, grid)) return;
  throw report::RuntimeError(
      image.path + " does not reach the output: it covers " +
      (bounds ? coordinates(grid, *bounds) : std::string("nothing")) + ", and the output " +
      coordinates(grid, {0, 0, w, h}) +
      " (XMIN,YMIN,XMAX,YMAX in the output's CRS); check --bbox, --bbox-crs and --like");
}

}  // namespace cogmill::crs
