// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cogmill::kernels {

/// A position in pixels: (0, 0) is the outer corner of the first pixel, (0.5, 0.5) its centre.
struct PixelPoint {
  double x = 0, y = 0;
};

/// A square of output pixels and where it lies in the source.
struct MapCell {
  enum class Kind : std::uint8_t {
    kPatch,    ///< bilinear between the corners
    kSplit,    ///< four cells of half the side, row-major, from `first` on
    kExact,    ///< every position is in CoordinateMap::points, from `first` on
    kNowhere,  ///< no pixel of it has a source
  };
  Kind kind = Kind::kNowhere;
  std::int64_t first = 0;  ///< index of cells (kSplit) or points (kExact)
  std::array<PixelPoint, 4> corners =
      {};  ///< kPatch: top left, top right, bottom left, bottom right
};

/// Where output pixels lie in a source: a quadtree of bilinear patches over squares of kCell output
/// pixels that are anchored to the output image, so that a pixel's position never depends on the
/// block it is computed in. Positions are NaN where there is no source.
///
/// Points of an exact cell of side n, row-major: n x n pixel centres, or, for maps of corners,
/// (n + 1) x (n + 1) pixel corners.
struct CoordinateMap {
  static constexpr std::int64_t kCell = 64;  ///< side of a base cell [px], a power of two
  enum class Anchor : std::uint8_t { kCentres, kCorners };

  Anchor anchor = Anchor::kCentres;
  std::int64_t cell_col = 0, cell_row = 0;  ///< first base cell: output pixel / kCell
  std::int64_t across = 0, down = 0;        ///< base cells
  std::vector<MapCell> cells;  ///< the across * down base cells, row-major, then children
  std::vector<PixelPoint> points;
};

/// Positions of the centres of `x.size()` output pixels of one row, from `col` on.
/// @pre the map covers them and is anchored to centres; x and y have one size
void row_positions(const CoordinateMap& map, std::int64_t col, std::int64_t row,
                   std::span<double> x, std::span<double> y);

/// Positions of the top left (x0, y0) and bottom right (x1, y1) corner of each output pixel.
/// @pre as above, but the map is anchored to corners
void row_boxes(const CoordinateMap& map, std::int64_t col, std::int64_t row, std::span<double> x0,
               std::span<double> y0, std::span<double> x1, std::span<double> y1);

/// Positions of all corners of each output pixel: top left, top right, bottom right, bottom left.
/// @pre as above
void row_quads(const CoordinateMap& map, std::int64_t col, std::int64_t row,
               const std::array<std::span<double>, 4>& x,
               const std::array<std::span<double>, 4>& y);

/// What a window of output pixels covers of the source, NaN left out.
struct SourceExtent {
  double x_min, y_min, x_max, y_max;  ///< [px]; x_min > x_max: nothing
  bool empty() const { return !(x_min <= x_max); }
};
/// Bounds of the positions that row_positions or row_boxes give for the window
/// [col, col + width) x [row, row + height): exact cells point by point, patches by their corners
/// clipped to the window (a bilinear patch has its extremes there).
SourceExtent source_extent(const CoordinateMap& map, std::int64_t col, std::int64_t row,
                           std::int64_t width, std::int64_t height);

}  // namespace cogmill::kernels
