// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/warp_oracle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cogmill::testing {

using namespace cogmill::kernels;
using R = WarpResampling;

namespace {

struct Samples {
  const WarpImage& image;
  bool periodic;

  bool has(std::int64_t& col, std::int64_t row) const {
    if (periodic) col = (col % image.width + image.width) % image.width;
    return col >= 0 && row >= 0 && col < image.width && row < image.height &&
           image.is_valid(col, row);
  }
};

double weight(R r, double x) {
  const double d = std::abs(x);
  switch (r) {
    case R::kBilinear:
      return std::max(0.0, 1 - d);
    case R::kCubic:
      if (d <= 1) return 1.5 * d * d * d - 2.5 * d * d + 1;
      return d <= 2 ? -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2 : 0;
    case R::kCubicSpline:
      if (d <= 1) return 3 * d * d * d - 6 * d * d + 4;  // times 6, as GDAL's
      return x >= -2 ? (2 - d) * (2 - d) * (2 - d) : 0;  // on the right it runs on
    default:
      if (d == 0) return 1;
      return d <= 3 ? std::sin(M_PI * d) / (M_PI * d) * std::sin(M_PI * d / 3) / (M_PI * d / 3) : 0;
  }
}

int reach_of(R r) { return r == R::kBilinear ? 1 : (r == R::kLanczos ? 3 : 2); }

struct Sum {
  double value = 0, weight = 0;
  std::int64_t valid = 0, all = 0;
};

Sum weigh(R r, double sx, double sy, const Samples& samples, PixelPoint at) {
  const double kx = std::min(sx, 1.0), ky = std::min(sy, 1.0);
  const auto rx = static_cast<std::int64_t>(std::ceil(reach_of(r) / kx));
  const auto ry = static_cast<std::int64_t>(std::ceil(reach_of(r) / ky));
  const auto ix = static_cast<std::int64_t>(std::floor(at.x - 0.5));
  const auto iy = static_cast<std::int64_t>(std::floor(at.y - 0.5));
  Sum sum;
  for (std::int64_t row = iy - ry; row <= iy + ry; ++row)
    for (std::int64_t col = ix - rx; col <= ix + rx; ++col) {
      const double dx = (static_cast<double>(col) + 0.5 - at.x) * kx;
      const double dy = (static_cast<double>(row) + 0.5 - at.y) * ky;
      if (r != R::kCubicSpline && (std::abs(dx) > reach_of(r) || std::abs(dy) > reach_of(r)))
        continue;
      const bool inside = samples.periodic || (col >= 0 && col < samples.image.width);
      if (inside && row >= 0 && row < samples.image.height) ++sum.all;
      std::int64_t c = col;
      if (!samples.has(c, row)) continue;
      const double w = weight(r, dx) * weight(r, dy);
      sum.value += samples.image.value(c, row) * w;
      sum.weight += w;
      ++sum.valid;
    }
  return sum;
}

}  // namespace

std::optional<double> oracle_point(const WarpKernel& kernel, const WarpImage& image, PixelPoint at,
                                   bool periodic) {
  const Samples samples = {image, periodic};
  const auto w = static_cast<double>(image.width), h = static_cast<double>(image.height);
  if (periodic) at.x -= std::floor(at.x / w) * w;
  if (!(at.x >= -1e-6 && at.y >= -1e-6 && at.x <= w + 1e-6 && at.y <= h + 1e-6)) return {};
  auto col = static_cast<std::int64_t>(std::max(at.x + 1e-10, 0.0));
  auto row = static_cast<std::int64_t>(std::max(at.y + 1e-10, 0.0));
  col = std::min(col, image.width - 1);
  row = std::min(row, image.height - 1);
  if (!samples.has(col, row)) return {};
  R r = kernel.resampling;
  if (r == R::kNearest) return image.value(col, row);
  double sx = kernel.x_scale, sy = kernel.y_scale;
  if ((r == R::kBilinear || r == R::kCubic) && sx > 0.5 && sy > 0.5) {
    sx = sy = 1;
    const auto ix = static_cast<std::int64_t>(std::floor(at.x - 0.5));
    const auto iy = static_cast<std::int64_t>(std::floor(at.y - 0.5));
    for (std::int64_t k = 0; k < 16 && r == R::kCubic; ++k) {
      std::int64_t c = ix - 1 + k % 4;
      if (!samples.has(c, iy - 1 + k / 4)) r = R::kBilinear;
    }
  }
  const Sum sum = weigh(r, sx, sy, samples, at);
  if (sum.weight < 1e-6) return {};
  if (r == R::kLanczos && sum.valid < sum.all / 2) return {};
  return std::abs(sum.weight - 1) <= 1e-5 ? sum.value : sum.value / sum.weight;
}

namespace {

struct Cover {
  std::int64_t begin, end;
  double from, to;

  double weight(std::int64_t i) const {
    if (begin + 1 == end) return 1;
    if (i == begin) return 1 - (from - static_cast<double>(begin));
    return i + 1 == end ? 1 - (static_cast<double>(end) - to) : 1;
  }
};

std::optional<Cover> cover(double a, double b, std::int64_t size) {
  if (!(std::isfinite(a) && std::isfinite(b))) return {};
  if (a > b) std::swap(a, b);
  const auto n = static_cast<double>(size);
  if (b <= 1e-10 || a >= n - 1e-10) return {};
  Cover c = {static_cast<std::int64_t>(std::max(0.0, std::floor(a + 1e-10))),
             static_cast<std::int64_t>(std::min(n, std::ceil(b - 1e-10))), a, b};
  if (c.begin == c.end) ++c.end;
  return c;
}

double pick(R r, std::vector<double> values) {
  if (r == R::kMode) {
    double best = 0;
    std::ptrdiff_t most = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto n = std::count(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                values[i]);
      if (n > most) {
        most = n;
        best = values[i];
      }
    }
    return best;
  }
  std::sort(values.begin(), values.end());
  if (r == R::kMin) return values.front();
  if (r == R::kMax) return values.back();
  const double q = r == R::kMed ? 0.5 : (r == R::kQ1 ? 0.25 : 0.75);
  return values[static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size()) - 1))];
}

}  // namespace

std::optional<double> oracle_box(const WarpKernel& kernel, const WarpImage& image, PixelPoint from,
                                 PixelPoint to) {
  const auto across = cover(from.x, to.x, image.width), down = cover(from.y, to.y, image.height);
  if (!across || !down) return {};
  double value = 0, square = 0, weight = 0;
  std::vector<double> values;
  for (std::int64_t row = down->begin; row < down->end; ++row)
    for (std::int64_t col = across->begin; col < across->end; ++col) {
      if (!image.is_valid(col, row)) continue;
      const double v = image.value(col, row), w = across->weight(col) * down->weight(row);
      values.push_back(v);
      value += v * w;
      square += v * v * w;
      weight += w;
    }
  if (values.empty()) return {};
  switch (kernel.resampling) {
    case R::kAverage:
      return value / weight;
    case R::kRms:
      return std::sqrt(square / weight);
    default:
      return pick(kernel.resampling, values);
  }
}

namespace {

using Polygon = std::vector<PixelPoint>;

/// The part of a polygon where a coordinate times `side` is at least `edge` times `side`.
Polygon cut(const Polygon& polygon, double PixelPoint::*axis, double edge, double side) {
  Polygon out;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PixelPoint a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    const double da = side * (a.*axis - edge), db = side * (b.*axis - edge);
    if (da >= 0) out.push_back(a);
    if ((da >= 0) == (db >= 0)) continue;
    const double t = da / (da - db);
    out.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
  }
  return out;
}

double area(const Polygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PixelPoint a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice) / 2;
}

}  // namespace

std::optional<double> oracle_sum(const WarpImage& image, const std::array<PixelPoint, 4>& corners) {
  double sum = 0, weight = 0;
  for (std::int64_t row = 0; row < image.height; ++row) {
    Polygon strip = {corners.begin(), corners.end()};
    strip = cut(strip, &PixelPoint::y, static_cast<double>(row), 1);
    strip = cut(strip, &PixelPoint::y, static_cast<double>(row + 1), -1);
    for (std::int64_t col = 0; !strip.empty() && col < image.width; ++col) {
      if (!image.is_valid(col, row)) continue;
      const Polygon left = cut(strip, &PixelPoint::x, static_cast<double>(col), 1);
      const double part = area(cut(left, &PixelPoint::x, static_cast<double>(col + 1), -1));
      if (part < 1e-10) continue;
      sum += part * image.value(col, row);
      weight += part;
    }
  }
  if (!(weight > 0)) return {};
  return sum;
}

double oracle_round(DataType type, double value) {
  if (is_floating(type)) return type == DataType::kFloat32 ? static_cast<float>(value) : value;
  return visit_real_type(type, [&]<class T>(T) {
    const double lowest = static_cast<double>(std::numeric_limits<T>::lowest());
    const double highest = static_cast<double>(std::numeric_limits<T>::max());
    return std::clamp(std::floor(value + 0.5), lowest, highest);
  });
}

}  // namespace cogmill::testing
