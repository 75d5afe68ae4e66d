// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace cogmill::pipeline {

using Box = std::array<double, 4>;  ///< x min, y min, x max, y max [CRS unit]

inline constexpr Box kNothing = {
    std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
    -std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

inline Box united(const Box& a, const Box& b) {
  return {std::min(a[0], b[0]), std::min(a[1], b[1]), std::max(a[2], b[2]), std::max(a[3], b[3])};
}

/// Round the source's corners, in its own CRS.   @pre it has a geotransform
inline Box own_box(const io::SceneInfo& scene) {
  const auto& g = *scene.geotransform;
  Box box = kNothing;
  for (const double col : {0.0, static_cast<double>(scene.width)})
    for (const double row : {0.0, static_cast<double>(scene.height)}) {
      const double x = g[0] + col * g[1] + row * g[2], y = g[3] + col * g[4] + row * g[5];
      box = united(box, {x, y, x, y});
    }
  return box;
}

}  // namespace cogmill::pipeline
