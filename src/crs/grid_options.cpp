// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/grid_options.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace cogmill::crs {
namespace {

using report::UsageError;

constexpr double kMostAcross = std::numeric_limits<std::int32_t>::max();
constexpr double kManyPixels = 1e12;

/// "12345" or, beyond what an integer shows well, "1.2e+20".
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value < 1e15 ? "%.0f" : "%.3g", value);
  return text;
}

void check_like(const GridOptions& o) {
  if (!o.dst_crs.empty() || o.resolution || o.size || o.bbox || o.target_aligned_pixels)
    throw UsageError(
        "--like takes the whole grid of a file; leave out --dst-crs, --resolution, --size, --bbox "
        "and --target-aligned-pixels, or leave out --like");
}

void check_resolution(const GridOptions& o) {
  if (!o.resolution) return;
  const auto [x, y] = *o.resolution;
  if (!(std::isfinite(x) && std::isfinite(y) && x > 0 && y > 0))
    throw UsageError("--resolution needs numbers above 0, in units of the output's CRS");
  if (o.size && !o.bbox)
    throw UsageError("--resolution and --size contradict each other; give one of them");
}

void check_size(const GridOptions& o) {
  if (!o.size) return;
  const auto [w, h] = *o.size;
  if (w < 0 || h < 0 || (w == 0 && h == 0))
    throw UsageError("--size needs a width and a height above 0; one of them may be 0");
  check_grid_size(static_cast<double>(w), static_cast<double>(h), o);
}

void check_bbox(const GridOptions& o) {
  if (!o.bbox && !o.bbox_crs.empty()) throw UsageError("--bbox-crs needs --bbox");
  if (!o.bbox) return;
  const auto& b = *o.bbox;
  if (!std::all_of(b.begin(), b.end(), [](double v) { return std::isfinite(v); }))
    throw UsageError("--bbox needs four finite numbers: XMIN,YMIN,XMAX,YMAX");
  if (b[0] >= b[2] || b[1] >= b[3])
    throw UsageError(
        "--bbox is empty: expected XMIN,YMIN,XMAX,YMAX with XMIN below XMAX and YMIN "
        "below YMAX");
}

}  // namespace

void check_grid_options(const GridOptions& options) {
  if (!options.like.empty()) check_like(options);
  check_resolution(options);
  check_size(options);
  check_bbox(options);
  if (options.target_aligned_pixels && !options.resolution)
    throw UsageError("--target-aligned-pixels needs --resolution");
}

void check_grid_size(double width, double height, const GridOptions& options) {
  const std::string size = number(width) + " x " + number(height) + " pixels";
  if (!(width <= kMostAcross && height <= kMostAcross))
    throw UsageError("the output would have " + size +
                     ", and 2147483647 is the most along one side; check the units of --resolution "
                     "(degrees or metres?) and --bbox");
  if (width * height > kManyPixels && !options.allow_large)
    throw UsageError("the output would have " + size +
                     "; if that is meant, add --allow-large-output, else check the units of "
                     "--resolution (degrees or metres?) and --bbox");
}

}  // namespace cogmill::crs
