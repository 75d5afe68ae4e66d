// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/control_grid.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// An edge of a probe: from one corner of an output pixel to the next, in the source [px].
struct Edge {
  double x, y;
  double squared() const { return x * x + y * y; }
};

/// First output pixels of up to ten probes along one side of the output.
std::vector<double> probe_positions(std::int64_t pixels) {
  const std::int64_t count = std::min<std::int64_t>(10, pixels);
  std::vector<double> positions;
  for (std::int64_t i = 0; i < count; ++i) {
    const double last = static_cast<double>(pixels - 1);
    positions.push_back(count == 1
                            ? 0.0
                            : std::min(last, static_cast<double>(i) * static_cast<double>(pixels) /
                                                 static_cast<double>(count - 1)));
  }
  return positions;
}

/// Corners of all probes, four each: top left, top right, bottom left, bottom right.
std::vector<PixelPoint> probe_corners(const partition::Window& part) {
  std::vector<PixelPoint> corners;
  const auto col = static_cast<double>(part.col), row = static_cast<double>(part.row);
  for (const double y : probe_positions(part.height))
    for (const double x : probe_positions(part.width))
      for (int k = 0; k < 4; ++k) corners.push_back({col + x + k % 2, row + y + k / 2});
  return corners;
}

Edge edge(const PixelPoint& from, const PixelPoint& to, double period) {
  double x = to.x - from.x;
  if (period > 0) x -= period * std::round(x / period);
  return {x, to.y - from.y};
}

bool similar(const Edge& a, const Edge& b) {
  constexpr double kTolerance = 0.1;  // of the squared lengths
  return std::abs(a.squared() - b.squared()) <= kTolerance * std::max(a.squared(), b.squared());
}

/// Source px per output px along both axes: lengths of the edges if the pixel stays nearly upright,
/// else the root of its area for both.
Edge spacing(const PixelPoint* c, double period) {
  const Edge top = edge(c[0], c[1], period), bottom = edge(c[2], c[3], period);
  const Edge left = edge(c[0], c[2], period), right = edge(c[1], c[3], period);
  constexpr double kTangent = 0.35;  // about 19 degrees
  const bool upright = std::abs(top.y) < kTangent * std::abs(top.x) &&
                       std::abs(left.x) < kTangent * std::abs(left.y);
  if (upright && similar(top, bottom) && similar(left, right))
    return {std::sqrt(top.squared()), std::sqrt(left.squared())};
  const double first = top.x * left.y - top.y * left.x;
  const double second = bottom.x * right.y - bottom.y * right.x;
  const double side = std::sqrt((std::abs(first) + std::abs(second)) / 2);
  return {side, side};
}

/// Mean of the scales without those far below the largest: they lie at a pole or a discontinuity.
double mean_scale(const std::vector<double>& scales) {
  if (scales.empty()) return 1;
  const double least = *std::max_element(scales.begin(), scales.end()) / 10;
  double sum = 0;
  int count = 0;
  for (const double scale : scales)
    if (scale > least) {
      sum += scale;
      ++count;
    }
  return sum / count;
}

/// 1 to N downsampling is meant where it is nearly so.
double snapped(double scale) {
  constexpr double kTolerance = 0.05;
  const double times = 1 / scale;
  const double whole = std::round(times);
  return scale < 1 && std::abs(times - whole) < kTolerance ? 1 / whole : scale;
}

}  // namespace

ScaleFactors measure_scale(const PixelTransformer& transformer, const TargetGrid& target) {
  return measure_scale(transformer, partition::Window{0, 0, target.width, target.height});
}

ScaleFactors measure_scale(const PixelTransformer& transformer, const partition::Window& part) {
  std::vector<PixelPoint> corners = probe_corners(part);
  transformer.transform(corners);
  std::vector<double> x_scales, y_scales;
  for (std::size_t i = 0; i + 3 < corners.size(); i += 4) {
    const Edge step = spacing(&corners[i], transformer.period());
    const double x = 1 / step.x, y = 1 / step.y;
    if (std::isfinite(x) && x > 0) x_scales.push_back(x);
    if (std::isfinite(y) && y > 0) y_scales.push_back(y);
  }
  return {snapped(mean_scale(x_scales)), snapped(mean_scale(y_scales))};
}

}  // namespace cogmill::crs
