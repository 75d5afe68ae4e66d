// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/turn.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// Positions that tell which way a wide pixel goes, along each of its sides.
constexpr std::size_t kParts = 16;

bool found(const PixelPoint& p) { return !std::isnan(p.x); }

/// From the first position to the last, on the way that those between them go. 0 if one is not
/// there.
double way_along(const Turn& turn, std::span<const PixelPoint> points) {
  double way = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    way += turn.near(points[i].x, points[i - 1].x) - points[i - 1].x;
  return std::isfinite(way) ? way : 0;
}

PixelPoint output_point(const PointSquare& square, std::size_t i) {
  return {square.first.x + static_cast<double>(i % square.across),
          square.first.y + static_cast<double>(i / square.across)};
}

/// The point that positions are brought near: the one left of it, or above the first of a row.
std::size_t before(const PointSquare& square, std::size_t i) {
  return i % square.across == 0 ? i - square.across : i - 1;
}

/// Whether pixels may be a quarter of a turn wide or more. Between corners a whole turn looks like
/// none: a part of a pixel shows it.
bool has_wide_pixels(const PixelTransformer& transformer, const PointSquare& square,
                     std::span<const PixelPoint> points) {
  const Turn turn(period_of(transformer, square.are_corners));
  const auto step = [&](const PixelPoint& from, const PixelPoint& to) {
    return std::abs(turn.near(to.x, from.x) - from.x);
  };
  const PixelPoint centre = output_point(square, points.size() / 2);
  constexpr double kPart = 1.0 / kParts;
  std::array<PixelPoint, 3> probe = {
      {centre, {centre.x + kPart, centre.y}, {centre.x, centre.y + kPart}}};
  transformer.transform(probe);
  for (const PixelPoint& p : {probe[1], probe[2]})
    if (step(probe[0], p) >= turn.period() / 4 * kPart) return true;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (step(points[before(square, i)], points[i]) >= turn.period() / 4) return true;
  return false;
}

/// Ways to the points from the ones before; 0 where the shortest is right.
std::vector<double> wide_steps(const PixelTransformer& transformer, const PointSquare& square,
                               std::span<const PixelPoint> points) {
  std::vector<double> ways(points.size(), 0.0);
  if (!square.are_corners || !has_wide_pixels(transformer, square, points)) return ways;
  std::vector<PixelPoint> between;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const PixelPoint from = output_point(square, before(square, i)), to = output_point(square, i);
    for (std::size_t k = 0; k <= kParts; ++k) {
      const double part = static_cast<double>(k) / kParts;
      between.push_back({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
    }
  }
  transformer.transform(between);
  const Turn turn(period_of(transformer, square.are_corners));
  constexpr std::size_t kEach = kParts + 1;
  for (std::size_t i = 1; i < points.size(); ++i)
    ways[i] = way_along(turn, std::span(between).subspan((i - 1) * kEach, kEach));
  return ways;
}

/// A pole has no longitude, so that nothing can be brought near it: what lies beside one keeps to
/// the point above itself.   @param last x of the point that p was brought near
void leave_pole(const Turn& turn, const PixelPoint& above, double last, PixelPoint& p) {
  const double x = turn.near(p.x, above.x);
  if (std::abs(p.x - last) >= turn.period() / 4 && std::abs(x - above.x) < turn.period() / 4)
    p.x = x;
}

}  // namespace

bool Turn::is_wide(const std::array<PixelPoint, 4>& corners) const {
  const auto [least, most] =
      std::minmax_element(corners.begin(), corners.end(),
                          [](const PixelPoint& a, const PixelPoint& b) { return a.x < b.x; });
  return period_ > 0 && most->x - least->x >= period_ / 2;
}

double period_of(const PixelTransformer& transformer, bool corners) {
  return corners ? transformer.turn() : transformer.period();
}

void bring_together(const PixelTransformer& transformer, const PointSquare& square,
                    std::span<PixelPoint> points) {
  const Turn turn(period_of(transformer, square.are_corners));
  if (turn.period() == 0) return;
  const std::vector<double> ways = wide_steps(transformer, square, points);
  double row_start = 0, last = 0;
  bool started = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    PixelPoint& p = points[i];
    if (i % square.across == 0) last = row_start;
    if (!found(p)) continue;
    p.x = started ? turn.near(p.x, last + ways[i]) : turn.inside(p.x);
    if (i >= square.across) leave_pole(turn, points[i - square.across], last, p);
    // Whoever reads positions takes one turn back.
    if (p.x < -turn.period() || p.x > 2 * turn.period()) p.x = turn.inside(p.x);
    last = p.x;
    if (i % square.across == 0 || !started) row_start = p.x;
    started = true;
  }
}

}  // namespace cogmill::crs
