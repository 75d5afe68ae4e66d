// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/source_reach.hpp"

#include "src/crs/affine.hpp"
#include "src/crs/turn.hpp"
#include "src/io/gdal_check.hpp"

#include <gdal.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;
using partition::Window;
using Box = std::array<double, 4>;
using Points = std::vector<PixelPoint>;

bool found(const PixelPoint& p) { return std::isfinite(p.x) && std::isfinite(p.y); }

Box box_of(std::span<const PixelPoint> points) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  Box box = {kNone, kNone, -kNone, -kNone};
  for (const PixelPoint& p : points)
    if (found(p))
      box = {std::min(box[0], p.x), std::min(box[1], p.y), std::max(box[2], p.x),
             std::max(box[3], p.y)};
  return box;
}

/// Once round the unit square and back to where it begins.
Points rim(int steps) {
  Points points;
  const double n = steps;
  for (int i = 0; i < steps; ++i) points.push_back({i / n, 0});
  for (int i = 0; i < steps; ++i) points.push_back({1, i / n});
  for (int i = steps; i > 0; --i) points.push_back({i / n, 1});
  for (int i = steps; i >= 0; --i) points.push_back({0, i / n});
  return points;
}

/// (columns + 1) x (rows + 1) points of the unit square, row-major.
Points lattice(std::int64_t columns, std::int64_t rows) {
  Points points;
  for (std::int64_t row = 0; row <= rows; ++row)
    for (std::int64_t col = 0; col <= columns; ++col)
      points.push_back({static_cast<double>(col) / static_cast<double>(columns),
                        static_cast<double>(row) / static_cast<double>(rows)});
  return points;
}

/// Parts of the source's sides, in the output's CRS.
Points in_output(const AffineSource& source, Points points) {
  for (PixelPoint& p : points)
    p = mapped(source.geotransform,
               {p.x * static_cast<double>(source.width), p.y * static_cast<double>(source.height)});
  source.crs->to_target(points);
  return points;
}

/// The box of a rim that goes once round what is inside, without a leap.
/// @param turn after which x of the output repeat
std::optional<Box> box_of_rim(const AffineSource& source, double turn) {
  constexpr int kSteps = 20, kInside = 5;
  constexpr double kLeap = 0.25;  // of the box
  Points points = in_output(source, rim(kSteps)),
         inside = in_output(source, lattice(kInside, kInside));
  if (!std::ranges::all_of(points, found) || !std::ranges::all_of(inside, found))
    return std::nullopt;
  for (std::size_t i = 1; i < points.size(); ++i)
    points[i].x = Turn(turn).near(points[i].x, points[i - 1].x);
  const Box box = box_of(points);
  const double width = box[2] - box[0], height = box[3] - box[1];
  if (turn > 0 && std::abs(points.back().x - points.front().x) > turn / 2) return std::nullopt;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (std::abs(points[i].x - points[i - 1].x) > kLeap * width ||
        std::abs(points[i].y - points[i - 1].y) > kLeap * height)
      return std::nullopt;
  for (const PixelPoint& p : inside) {
    const double x = Turn(turn).near(p.x, box[0] + width / 2);
    if (x < box[0] || x > box[2] || p.y < box[1] || p.y > box[3]) return std::nullopt;
  }
  return box;
}

/// Brings the longitudes of a lattice together. @return whether they go round a pole, or may
bool bring_together(Points& points, std::size_t columns, double turn) {
  const PixelPoint *row_start = nullptr, *last = nullptr;
  bool round = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % columns == 0) last = row_start;
    if (!found(points[i])) continue;
    if (last != nullptr) {
      points[i].x = Turn(turn).near(points[i].x, last->x);
      round = round || std::abs(points[i].x - last->x) > turn / 6;
    }
    last = &points[i];
    if (i % columns == 0 || row_start == nullptr) row_start = last;
  }
  return round;
}

std::optional<Box> box_of_lattice(const AffineSource& source) {
  constexpr int kSteps = 32;
  Points points = in_output(source, lattice(kSteps, kSteps));
  if (std::ranges::none_of(points, found)) return std::nullopt;
  const double turn = source.crs->target_full_turn();
  const bool round = turn > 0 && bring_together(points, kSteps + 1, turn);
  Box box = box_of(points);
  if (!round) return box;
  if (box[1] < 0) box[1] = -turn / 4;
  if (box[3] > 0) box[3] = turn / 4;
  return Box{-turn / 2, box[1], turn / 2, box[3]};
}

/// How many parts the grid's probes divide a side into.
std::int64_t parts_of(std::int64_t side) { return std::clamp<std::int64_t>(side, 1, 128); }

}  // namespace

std::optional<Box> reached_box(const AffineSource& source) {
  const auto box = box_of_rim(source, source.crs->target_full_turn());
  return box ? box : box_of_lattice(source);
}

std::optional<ProjectedBounds> bounds_of_rim(const AffineSource& source) {
  const double turn = source.crs->target_full_turn();
  auto box = box_of_rim(source, turn);
  if (!box) return std::nullopt;
  if (turn > 0 && (*box)[0] < -turn / 2) (*box)[0] += turn, (*box)[2] += turn;
  const double step =
      std::hypot((*box)[2] - (*box)[0], (*box)[3] - (*box)[1]) /
      std::hypot(static_cast<double>(source.width), static_cast<double>(source.height));
  return ProjectedBounds{*box, {step, step}};
}

Window SourceReach::footprint(const AffineSource& source, std::int64_t margin) const {
  if (const auto box = box_of_rim(source, pair_->target_turn())) return window_of_box(*box, margin);
  const auto box = box_of_lattice(source);
  const Window probes = window_of_probes(source);
  return box ? partition::bounding(window_of_box(*box, margin), probes) : probes;
}

/// Places of a map that repeats may be told turns apart.
Window SourceReach::window_of_box(Box box, std::int64_t margin) const {
  constexpr double kBulge = 1.0 / 64;  // edges may bend beyond the points that were tried
  if (!pair_->is_identity()) {
    const double dx = (box[2] - box[0]) * kBulge, dy = (box[3] - box[1]) * kBulge;
    box = {box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy};
  }
  return window_of(box, grid_, margin, pair_->target_turn());
}

/// Positions of the whole grid, in the sources' CRS.
void SourceReach::probe() const {
  probes_ = lattice(parts_of(grid_.width), parts_of(grid_.height));
  for (PixelPoint& p : probes_)
    p = mapped(grid_.geotransform,
               {p.x * static_cast<double>(grid_.width), p.y * static_cast<double>(grid_.height)});
  pair_->to_source(probes_);
}

/// The pixels round the probes that lie in the source.
Window SourceReach::window_of_probes(const AffineSource& source) const {
  std::call_once(probed_, [this] { probe(); });
  std::array<double, 6> copy = source.geotransform, to_pixels = {};
  if (GDALInvGeoTransform(copy.data(), to_pixels.data()) == FALSE) return {};
  const std::int64_t columns = parts_of(grid_.width), rows = parts_of(grid_.height);
  const double turn = pair_->source_turn();
  const PixelPoint middle = mapped(source.geotransform, {static_cast<double>(source.width) / 2,
                                                         static_cast<double>(source.height) / 2});
  Window window;
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    if (!found(probes_[i])) continue;
    const PixelPoint p = mapped(to_pixels, {Turn(turn).near(probes_[i].x, middle.x), probes_[i].y});
    if (!(p.x >= 0 && p.y >= 0 && p.x <= static_cast<double>(source.width) &&
          p.y <= static_cast<double>(source.height)))
      continue;
    const auto col = static_cast<std::int64_t>(i) % (columns + 1);
    const auto row = static_cast<std::int64_t>(i) / (columns + 1);
    window = partition::bounding(
        window, partition::from_edges(std::max<std::int64_t>(0, col - 1) * grid_.width / columns,
                                      std::max<std::int64_t>(0, row - 1) * grid_.height / rows,
                                      std::min(columns, col + 1) * grid_.width / columns,
                                      std::min(rows, row + 1) * grid_.height / rows));
  }
  return window;
}

}  // namespace cogmill::crs
