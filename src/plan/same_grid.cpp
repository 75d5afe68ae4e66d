// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/same_grid.hpp"

#include "src/crs/crs_pair.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

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

std::string name_of_crs(const io::SceneInfo& s) {
  return s.crs_name.empty() ? "an unnamed CRS" : "\"" + s.crs_name + "\"";
}

/// Largest distance [px] between the corners of the first, seen in the one CRS and in the other;
/// NaN if there is no way between them.
double distance_between_crs(const io::SceneInfo& a, const io::SceneInfo& b) {
  const crs::CrsPair pair(a.crs_wkt, b.crs_wkt, std::nullopt);
  if (pair.is_identity()) return 0;
  if (!a.geotransform) return std::numeric_limits<double>::quiet_NaN();
  const auto& g = *a.geotransform;
  std::vector<kernels::PixelPoint> here;
  for (const double col : {0.0, static_cast<double>(a.width)})
    for (const double row : {0.0, static_cast<double>(a.height)})
      here.push_back({g[0] + g[1] * col + g[2] * row, g[3] + g[4] * col + g[5] * row});
  std::vector<kernels::PixelPoint> there = here;
  try {
    pair.to_target(there);
  } catch (const report::RuntimeError&) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double pixel = std::max(std::hypot(g[1], g[4]), std::hypot(g[2], g[5]));
  double largest = 0;
  for (std::size_t i = 0; i < here.size(); ++i) {
    const double distance = std::hypot(there[i].x - here[i].x, there[i].y - here[i].y);
    if (!(distance <= largest)) largest = distance;  // NaN stays
  }
  return pixel > 0 ? largest / pixel : largest;
}

/// @return what differs between the two CRSs, or nothing
std::string crs_difference(const io::SceneInfo& a, const io::SceneInfo& b, double tolerance) {
  const bool named = a.crs_name.starts_with("EPSG:") && b.crs_name.starts_with("EPSG:");
  if (named && a.crs_name != b.crs_name) return a.crs_name + " against " + b.crs_name;
  if (named || a.crs_wkt.empty() || b.crs_wkt.empty() || a.crs_wkt == b.crs_wkt) return {};
  if (distance_between_crs(a, b) <= tolerance) return {};
  return name_of_crs(a) + " against " + name_of_crs(b) + ", which are not the same";
}

/// @return what differs, or nothing
std::string difference(const io::SceneInfo& a, const io::SceneInfo& b) {
  constexpr double kTolerance = 1e-3;  // [px]
  if (a.width != b.width || a.height != b.height) return size_text(a) + " against " + size_text(b);
  const std::string crs = crs_difference(a, b, kTolerance);
  if (!crs.empty()) return crs;
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

std::vector<std::string> unproven_grids(const job::Job& job,
                                        const std::vector<io::SceneInfo>& scenes) {
  std::vector<std::string> doubts;
  const auto any = [&](auto has) { return std::any_of(scenes.begin(), scenes.end(), has); };
  const bool placed = any([](const io::SceneInfo& s) { return s.geotransform.has_value(); });
  const bool named = any([](const io::SceneInfo& s) { return !s.crs_wkt.empty(); });
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const io::SceneInfo& scene = scenes[i];
    const bool no_place = placed && !scene.geotransform;
    const bool no_crs = named && scene.crs_wkt.empty();
    if (!no_place && !no_crs) continue;
    doubts.push_back("input " + job.inputs[i].name + " (" + scene.path + ") has no " +
                     (no_place ? "geotransform" : "coordinate reference system") +
                     ": its pixels are taken to lie where those of the other inputs do");
  }
  return doubts;
}

}  // namespace cogmill::plan
