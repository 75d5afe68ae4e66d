// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/box_axis.hpp"
#include "kernels/warp/source_axis.hpp"

#include <cmath>
#include <cstdint>

/// How much of each source sample lies under a quadrilateral. Host and device.
namespace cogmill::kernels::warp {

/// Corners in the order of a walk round it [px of the image].
struct Quad {
  double x[4], y[4];
};

/// Samples of the image that a quadrilateral may cover.
struct QuadPlace {
  double row_begin = 0, row_end = 0;  ///< of the image; nothing is covered if they are equal
  double col_begin = 0, col_end = 0;  ///< may reach beyond the image
  double turn = 1;                    ///< -1 if the corners run the other way round

  COGMILL_HD std::int64_t columns() const { return static_cast<std::int64_t>(col_end - col_begin); }
};

COGMILL_HD inline double least_of(const double* v) {
  const double a = v[0] < v[1] ? v[0] : v[1], b = v[2] < v[3] ? v[2] : v[3];
  return a < b ? a : b;
}
COGMILL_HD inline double most_of(const double* v) {
  const double a = v[0] > v[1] ? v[0] : v[1], b = v[2] > v[3] ? v[2] : v[3];
  return a > b ? a : b;
}

/// Brings the leftmost corner into the image, and the others with it: the map has brought them
/// together.
COGMILL_HD inline void unroll_quad(const SourceAxis& axis, Quad& quad) {
  const double left = least_of(quad.x);
  const double turn = left < 0 ? axis.turn : (left >= axis.turn ? -axis.turn : 0);
  for (double& x : quad.x) x += turn;
}

/// In how many parts a quadrilateral is placed: beyond a gap the samples' edges are no whole pixels
/// away.
COGMILL_HD inline int quad_parts(const BoxAxis& across) { return across.source.has_gap() ? 2 : 1; }

/// Nothing where a corner is NaN or far out, as with boxes.
/// @param part 0 .. quad_parts - 1: 1 is what lies a turn further, over the image's first columns
COGMILL_HD inline QuadPlace place_quad(const BoxAxis& across, const BoxAxis& down, int part,
                                       Quad& quad) {
  const double turn = across.source.periodic ? across.source.turn : 0;
  for (int k = 0; k < 4; ++k) {
    const double x = quad.x[k], y = quad.y[k];
    if (!((x >= -across.margin - turn) & (x <= across.source.size + across.margin + turn) &
          (y >= -down.margin) & (y <= down.source.size + down.margin)))
      return {};
  }
  if (across.source.periodic) unroll_quad(across.source, quad);
  for (double& x : quad.x) x -= part * turn;
  if (part > 0 && most_of(quad.x) <= 0) return {};
  QuadPlace place;
  const double top = std::floor(least_of(quad.y)), bottom = -std::floor(-most_of(quad.y));
  place.row_begin = top < 0 ? 0 : top;
  place.row_end = bottom > down.source.size ? down.source.size : bottom;
  if (place.row_end < place.row_begin) place.row_end = place.row_begin;
  place.col_begin = std::floor(least_of(quad.x));
  place.col_end = std::floor(most_of(quad.x)) + 1;
  const double twice = (quad.x[2] - quad.x[0]) * (quad.y[3] - quad.y[1]) -
                       (quad.x[3] - quad.x[1]) * (quad.y[2] - quad.y[0]);
  place.turn = twice < 0 ? -1 : 1;
  return place;
}

/// @param first block_index of the place's first column
/// @return index in the block of its column k; -1 where the image has none
COGMILL_HD inline double column_of(const SourceAxis& axis, const QuadPlace& place, double first,
                                   std::int64_t k) {
  if (!axis.has_gap()) return first + static_cast<double>(k);
  const double col = place.col_begin + static_cast<double>(k);
  return (col >= 0) & (col < axis.size) ? block_index(axis, col) : -1;
}

/// Covers of all columns of a place: room for place.columns() + 1.
struct WholeCover {
  double* at;
  COGMILL_HD void add(std::int64_t column, double part) const { at[column] += part; }
};

/// Covers of the columns from `first` on; those of others are dropped.
template <unsigned kColumns>
struct CoverChunk {
  std::int64_t first;
  double at[kColumns] = {};
  COGMILL_HD void add(std::int64_t column, double part) {
    const std::int64_t i = column - first;
    if (i >= 0 && i < std::int64_t{kColumns}) at[i] += part;
  }
};

/// Adds the area to the right of an edge within one row, as differences from column to column,
/// which are counted from col_begin on.
template <class Cover>
COGMILL_HD inline void add_edge(double col_begin, double xa, double ya, double xb, double yb,
                                Cover& cover) {
  const bool swapped = xb < xa;
  const double left = swapped ? xb : xa, right = swapped ? xa : xb;
  const double height = yb - ya;
  const double slope = right > left ? height / (right - left) : 0;
  for (double from = left; from <= right;) {
    const double col = std::floor(from);
    const double to = right < col + 1 ? right : col + 1;
    const double part = right > left ? (to - from) * slope : height;
    const double inside = col + 1 - (from + to) / 2;
    const auto column = static_cast<std::int64_t>(col - col_begin);
    cover.add(column, part * inside);
    cover.add(column + 1, part * (1 - inside));
    if (to == right) break;
    from = to;
  }
}

/// Adds all edges of the quadrilateral within one row.
template <class Cover>
COGMILL_HD inline void add_edges(const Quad& quad, const QuadPlace& place, double row,
                                 Cover& cover) {
  for (int k = 0; k < 4; ++k) {
    const int next = (k + 1) % 4;
    const double xa = quad.x[k], ya = quad.y[k], xb = quad.x[next], yb = quad.y[next];
    const auto held = [&](double y) { return y < row ? row : (y > row + 1 ? row + 1 : y); };
    const double from = held(ya), to = held(yb);
    if (from == to) continue;
    const auto x_at = [&](double y, double end_y, double end_x) {
      return y == end_y ? end_x : xa + (y - ya) * ((xb - xa) / (yb - ya));
    };
    const double low = xa < xb ? xa : xb, high = xa < xb ? xb : xa;
    const auto between = [&](double x) { return x < low ? low : (x > high ? high : x); };
    add_edge(place.col_begin, between(x_at(from, ya, xa)), from, between(x_at(to, yb, xb)), to,
             cover);
  }
}

/// Turns the differences of the next `count` columns into parts, 0 .. 1.
/// @param sum of those of the columns before: 0 at the first
COGMILL_HD inline void sum_differences(const QuadPlace& place, std::int64_t count, double* cover,
                                       double& sum) {
  for (std::int64_t c = 0; c < count; ++c) {
    sum -= cover[c];  // edges that run down have the inside on their left: the walk is clockwise
    const double part = sum * place.turn;
    cover[c] = part > kTolerance ? part : 0;  // what rounding leaves beside it is nothing
  }
}

/// Parts of the samples of one row that lie under the quadrilateral, 0 .. 1.
/// @param cover room for place.columns() + 1   @pre place.row_begin <= row < place.row_end
COGMILL_HD inline void cover_row(const Quad& quad, const QuadPlace& place, double row,
                                 double* cover) {
  const std::int64_t n = place.columns();
  for (std::int64_t c = 0; c <= n; ++c) cover[c] = 0;
  const WholeCover whole = {cover};
  add_edges(quad, place, row, whole);
  double sum = 0;
  sum_differences(place, n, cover, sum);
}

}  // namespace cogmill::kernels::warp
