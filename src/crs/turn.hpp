// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "src/crs/pixel_transformer.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace cogmill::crs {

/// Source columns that repeat: brings positions near others.
class Turn {
 public:
  /// @param period period_of(); 0: nothing repeats, and all stay where they are
  explicit Turn(double period) : period_(period) {}

  double period() const { return period_; }
  /// x as near to `other` as whole periods bring it.
  double near(double x, double other) const {
    return period_ > 0 ? x + period_ * std::round((other - x) / period_) : x;
  }
  /// x in [0, period], if the source repeats.
  double inside(double x) const {
    return period_ > 0 && (x < 0 || x > period_) ? x - period_ * std::floor(x / period_) : x;
  }
  /// Whether positions lie half a turn apart: which way round they go is a guess then.
  bool is_wide(const std::array<kernels::PixelPoint, 4>& corners) const;

 private:
  double period_;
};

/// Source columns after which positions repeat.
/// @param corners of pixels: what lies between two of them goes on beyond a gap in the source's
/// columns, or an overlap; centres do not
double period_of(const PixelTransformer& transformer, bool corners);

/// Output points one pixel apart, row by row.
struct PointSquare {
  kernels::PixelPoint first;  ///< in the output
  std::size_t across = 0;     ///< points along each side
  bool are_corners = false;   ///< of pixels, so that pixels lie between them
};

/// Brings the position of each point of the square within half a period of one beside it, so that a
/// box between two corners never goes the long way round; where pixels are wider than a quarter of
/// a turn, on the way that positions between them go. Positions stay within one period of the
/// image.   @param points their source positions, as the transformer has them
void bring_together(const PixelTransformer& transformer, const PointSquare& square,
                    std::span<kernels::PixelPoint> points);

}  // namespace cogmill::crs
