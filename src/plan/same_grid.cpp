// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/same_grid.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace cogmill::plan {
namespace {

/// Largest distance between the same corner of two rasters, in pixels of the first.
double corner_distance(const io::SceneInfo& a, const io::SceneInfo& b) {
  const auto& g = *a.geotransform;
  const auto& h = *b.geotransform;
  const double pixel = std::max(std::hypot(g[1], g[4]), std::hypot(g[2], g[5]));
  double largest = 0;
  for (const double col : {0.0, static_cast<double>(a.width)}) {
    for (const double row : {0.0, static_cast<double>(a.height)}) {
      const double dx = (g[0] - h[0]) + (g[1] - h[1]) * col + (g[2] - h[2]) * row;
      const double dy = (g[3] - h[3]) + (g[4] - h[4]) * col + (g[5] - h[5]) * row;
      largest = std::max(largest, std::hypot(dx, dy));
    }
  }
  return pixel > 0 ? largest / pixel : largest;
}

std::string size_text(const io::SceneInfo& s) {
  return std::to_string(s.width) + "x" + std::to_string(s.height);
}

/// @return what differs, or nothing
std::string difference(const io::SceneInfo& a, const io::SceneInfo& b) {
  constexpr double kTolerance = 1e-3;  // [px]
  if (a.width != b.width || a.height != b.height) return size_text(a) + " against " + size_text(b);
  const bool named = a.crs_name.starts_with("EPSG:") && b.crs_name.starts_with("EPSG:");
  if (named && a.crs_name != b.crs_name) return a.crs_name + " against " + b.crs_name;
  if (a.geotransform && b.geotransform) {
    const double distance = corner_distance(a, b);
    if (!(distance <= kTolerance))
      return "their pixels lie up to " + std::to_string(distance) + " pixels apart";
  }
  return {};
}

}  // namespace

void require_same_grid(const job::Job& job, const std::vector<io::SceneInfo>& scenes) {
  for (std::size_t i = 1; i < scenes.size(); ++i) {
    const std::string what = difference(scenes.front(), scenes[i]);
    if (what.empty()) continue;
    throw report::RuntimeError(
        "inputs " + job.inputs.front().name + " (" + scenes.front().path + ") and " +
        job.inputs[i].name + " (" + scenes[i].path + ") are on different grids: " + what +
        "; give --like " + job.inputs.front().name + ", or --dst-crs, to align them on the fly");
  }
}

}  // namespace cogmill::plan
