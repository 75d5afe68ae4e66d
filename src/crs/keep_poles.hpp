// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"

#include <algorithm>
#include <span>

namespace cogmill::crs {

/// A globe ends at its poles: positions there are inside it, whatever their last digits say.
/// @param height of the globe's image [px]
inline void keep_poles(std::span<kernels::PixelPoint> points, double height) {
  constexpr double kReach = 1e-6;   // [px]
  constexpr double kInside = 1e-9;  // more than resampling takes for outside
  for (kernels::PixelPoint& p : points)
    if (p.y > -kReach && p.y < height + kReach) p.y = std::clamp(p.y, kInside, height - kInside);
}

}  // namespace cogmill::crs
