// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/coordinate_map.hpp"

#include "kernels/warp/map_view.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cogmill::kernels {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Positions of n points of a leaf: pixel (col + i, row) moved by `shift`, (0.5, 0.5) for centres,
/// 0 or 1 for corners.
void leaf_positions(const MapView& map, const MapLeaf& leaf, std::int64_t col, std::int64_t row,
                    PixelPoint shift, std::int64_t n, double* x, double* y) {
  if (leaf.cell.kind == MapCell::Kind::kPatch) {
    const MapLine line =
        line_of(leaf.cell, (static_cast<double>(row - leaf.row) + shift.y) * leaf.unit);
    const double begin = static_cast<double>(col - leaf.col) + shift.x;
    const double unit = leaf.unit;
    const int count = static_cast<int>(n);
    for (int i = 0; i < count; ++i) {
      const double u = (begin + static_cast<double>(i)) * unit;
      x[i] = line.x(u);
      y[i] = line.y(u);
    }
  } else if (leaf.cell.kind == MapCell::Kind::kExact) {
    const PixelPoint* point = map.points + exact_index(map, leaf, col, row, shift);
    for (std::int64_t i = 0; i < n; ++i) {
      x[i] = point[i].x;
      y[i] = point[i].y;
    }
  } else {
    std::fill_n(x, n, kNaN);
    std::fill_n(y, n, kNaN);
  }
}

void row_points(const CoordinateMap& of, std::int64_t col, std::int64_t row, PixelPoint shift,
                std::span<double> x, std::span<double> y) {
  const MapView map = view_of(of);
  const auto width = static_cast<std::int64_t>(x.size());
  for (std::int64_t i = 0; i < width;) {
    const MapLeaf leaf = leaf_at(map, col + i, row);
    const std::int64_t n = std::min(width, leaf.col + leaf.side - col) - i;
    leaf_positions(map, leaf, col + i, row, shift, n, x.data() + i, y.data() + i);
    i += n;
  }
}

void grow(SourceExtent& extent, PixelPoint p) {
  if (p.x != p.x || p.y != p.y) return;
  extent.x_min = std::min(extent.x_min, p.x);
  extent.x_max = std::max(extent.x_max, p.x);
  extent.y_min = std::min(extent.y_min, p.y);
  extent.y_max = std::max(extent.y_max, p.y);
}

/// Half-open window of output pixels.
struct Window {
  std::int64_t col0, row0, col1, row1;
};

void grow_patch(SourceExtent& extent, const MapLeaf& leaf, const Window& w, double inset) {
  const double unit = leaf.unit;
  const auto way = [&](std::int64_t at, std::int64_t from, double shift) {
    return (static_cast<double>(at - from) + shift) * unit;
  };
  for (const double v : {way(w.row0, leaf.row, inset), way(w.row1, leaf.row, -inset)}) {
    const MapLine line = line_of(leaf.cell, v);
    for (const double u : {way(w.col0, leaf.col, inset), way(w.col1, leaf.col, -inset)})
      grow(extent, {line.x(u), line.y(u)});
  }
}

void grow_exact(SourceExtent& extent, const CoordinateMap& map, const MapLeaf& leaf,
                const Window& w) {
  const std::int64_t more = map.anchor == CoordinateMap::Anchor::kCorners ? 1 : 0;
  for (std::int64_t row = w.row0; row < w.row1 + more; ++row) {
    const PixelPoint* points =
        map.points.data() + leaf.cell.first + (row - leaf.row) * (leaf.side + more) - leaf.col;
    for (std::int64_t col = w.col0; col < w.col1 + more; ++col) grow(extent, points[col]);
  }
}

}  // namespace

void row_positions(const CoordinateMap& map, std::int64_t col, std::int64_t row,
                   std::span<double> x, std::span<double> y) {
  row_points(map, col, row, {0.5, 0.5}, x, y);
}

void row_boxes(const CoordinateMap& map, std::int64_t col, std::int64_t row, std::span<double> x0,
               std::span<double> y0, std::span<double> x1, std::span<double> y1) {
  row_points(map, col, row, {0, 0}, x0, y0);
  row_points(map, col, row, {1, 1}, x1, y1);
}

void row_quads(const CoordinateMap& map, std::int64_t col, std::int64_t row,
               const std::array<std::span<double>, 4>& x,
               const std::array<std::span<double>, 4>& y) {
  for (std::size_t k = 0; k < 4; ++k)
    row_points(map, col, row, corner_shift(static_cast<int>(k)), x[k], y[k]);
}

SourceExtent source_extent(const CoordinateMap& map, std::int64_t col, std::int64_t row,
                           std::int64_t width, std::int64_t height) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  SourceExtent extent = {kFar, kFar, -kFar, -kFar};
  const double inset = map.anchor == CoordinateMap::Anchor::kCentres ? 0.5 : 0;
  // Every leaf once per row of its smallest neighbours: leaves are visited along their first rows.
  for (std::int64_t r = row; r < row + height;) {
    std::int64_t next_row = row + height;
    for (std::int64_t c = col; c < col + width;) {
      const MapLeaf leaf = leaf_at(view_of(map), c, r);
      const Window w = {std::max(col, leaf.col), std::max(row, leaf.row),
                        std::min(col + width, leaf.col + leaf.side),
                        std::min(row + height, leaf.row + leaf.side)};
      if (r == w.row0 && leaf.cell.kind == MapCell::Kind::kPatch)
        grow_patch(extent, leaf, w, inset);
      if (r == w.row0 && leaf.cell.kind == MapCell::Kind::kExact) grow_exact(extent, map, leaf, w);
      next_row = std::min(next_row, w.row1);
      c = w.col1;
    }
    r = next_row;
  }
  return extent;
}

}  // namespace cogmill::kernels
