// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/coordinate_map.hpp"

#include <cstdint>
#include <limits>

/// Looking positions up in a coordinate map. Host and device.
namespace cogmill::kernels {

/// A CoordinateMap wherever its cells and points lie.
struct MapView {
  CoordinateMap::Anchor anchor = CoordinateMap::Anchor::kCentres;
  std::int64_t cell_col = 0, cell_row = 0, across = 0;
  const MapCell* cells = nullptr;
  const PixelPoint* points = nullptr;
};

inline MapView view_of(const CoordinateMap& map) {
  return {map.anchor, map.cell_col, map.cell_row, map.across, map.cells.data(), map.points.data()};
}

/// A cell that is not split, and the square of output pixels it stands for. A copy: pixels of one
/// leaf read it once.
struct MapLeaf {
  MapCell cell;
  std::int64_t col = 0, row = 0, side = 0;  ///< [px]
  double unit = 0;                          ///< 1 / side: a power of two, so exact

  COGMILL_HD bool holds(std::int64_t c, std::int64_t r) const {
    return c >= col && c < col + side && r >= row && r < row + side;
  }
};

/// @pre the map covers the pixel
COGMILL_HD inline MapLeaf leaf_at(const MapView& map, std::int64_t col, std::int64_t row) {
  constexpr std::int64_t kCell = CoordinateMap::kCell;
  const std::int64_t across = col / kCell, down = row / kCell;
  const MapCell* cell = map.cells + ((down - map.cell_row) * map.across + (across - map.cell_col));
  MapLeaf leaf;
  leaf.col = across * kCell;
  leaf.row = down * kCell;
  leaf.side = kCell;
  leaf.unit = 1.0 / static_cast<double>(kCell);
  while (cell->kind == MapCell::Kind::kSplit) {
    leaf.side /= 2;
    leaf.unit *= 2;
    const std::int64_t right = col >= leaf.col + leaf.side, below = row >= leaf.row + leaf.side;
    leaf.col += right * leaf.side;
    leaf.row += below * leaf.side;
    cell = map.cells + (cell->first + 2 * below + right);
  }
  leaf.cell = *cell;
  return leaf;
}

/// Where a row of a patch begins in the source, and its step from one side of the cell to the
/// other.
struct MapLine {
  PixelPoint from, step;

  COGMILL_HD double x(double u) const { return from.x + u * step.x; }
  COGMILL_HD double y(double u) const { return from.y + u * step.y; }
};

/// @param v way down the patch, 0 .. 1
COGMILL_HD inline MapLine line_of(const MapCell& patch, double v) {
  const auto& [top_left, top_right, bottom_left, bottom_right] = patch.corners;
  const PixelPoint left = {top_left.x + v * (bottom_left.x - top_left.x),
                           top_left.y + v * (bottom_left.y - top_left.y)};
  const PixelPoint right = {top_right.x + v * (bottom_right.x - top_right.x),
                            top_right.y + v * (bottom_right.y - top_right.y)};
  return {left, {right.x - left.x, right.y - left.y}};
}

/// Index of a point of an exact cell.
/// @param shift of the point from the pixel's top left corner: 1 is the next pixel's corner
COGMILL_HD inline std::int64_t exact_index(const MapView& map, const MapLeaf& leaf,
                                           std::int64_t col, std::int64_t row, PixelPoint shift) {
  const std::int64_t stride = leaf.side + (map.anchor == CoordinateMap::Anchor::kCorners ? 1 : 0);
  const std::int64_t right = shift.x == 1.0 ? 1 : 0, below = shift.y == 1.0 ? 1 : 0;
  return leaf.cell.first + (row - leaf.row + below) * stride + col - leaf.col + right;
}

/// Position of one point: pixel (col, row) moved by `shift`, (0.5, 0.5) for centres, 0 or 1 for
/// corners.   @pre the leaf holds the pixel
COGMILL_HD inline PixelPoint point_of(const MapView& map, const MapLeaf& leaf, std::int64_t col,
                                      std::int64_t row, PixelPoint shift) {
  if (leaf.cell.kind == MapCell::Kind::kPatch) {
    const int c = static_cast<int>(col - leaf.col), r = static_cast<int>(row - leaf.row);
    const MapLine line = line_of(leaf.cell, (r + shift.y) * leaf.unit);
    const double u = (c + shift.x) * leaf.unit;
    return {line.x(u), line.y(u)};
  }
  if (leaf.cell.kind == MapCell::Kind::kExact)
    return map.points[exact_index(map, leaf, col, row, shift)];
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  return {kNaN, kNaN};
}

/// The four corners of a pixel, in the order of a walk round it, as shifts.
COGMILL_HD inline PixelPoint corner_shift(int k) {
  return {k == 1 || k == 2 ? 1.0 : 0.0, k >= 2 ? 1.0 : 0.0};
}

}  // namespace cogmill::kernels
