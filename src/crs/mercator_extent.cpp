// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/mercator_extent.hpp"

#include "src/crs/ask_gdalwarp.hpp"
#include "src/crs/crs_pair.hpp"
#include "src/crs/mercator_bounds.hpp"
#include "src/crs/recentre_map.hpp"
#include "src/crs/srs.hpp"
#include "src/report/log.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace cogmill::crs {
namespace {

using Box = std::array<double, 4>;
using kernels::PixelPoint;

constexpr double kMostLatitude = 85.0511287798066;  // [degrees]
constexpr double kNearly = 1e-9;                    // [degrees]

bool is_mercator(const OGRSpatialReference& srs) {
  const char* method = srs.IsProjected() != FALSE ? srs.GetAttrValue("PROJECTION") : nullptr;
  return method != nullptr &&
         (EQUAL(method, SRS_PT_MERCATOR_1SP) || EQUAL(method, SRS_PT_MERCATOR_2SP));
}

double middle_meridian(const OGRSpatialReference& mercator) {
  return mercator.GetNormProjParm(SRS_PP_CENTRAL_MERIDIAN, 0.0);
}

/// The whole of the projection between the last latitudes.
std::optional<Box> whole_world(const OGRSpatialReference& mercator) {
  if (!is_mercator(mercator)) return std::nullopt;
  const std::unique_ptr<OGRSpatialReference> base(mercator.CloneGeogCS());
  if (!base) return std::nullopt;
  const double degree = full_turn(*base) / 360, middle = middle_meridian(mercator);
  std::vector<PixelPoint> p = {
      {middle, 0}, {middle + 90, 0}, {middle, -kMostLatitude}, {middle, kMostLatitude}};
  for (PixelPoint& point : p) point.x *= degree, point.y *= degree;
  CrsPair(wkt_of(*base), wkt_of(mercator), std::nullopt).to_target(p);
  const double half = 2 * std::abs(p[1].x - p[0].x);
  const Box box = {p[0].x - half, p[2].y, p[0].x + half, p[3].y};
  const bool good = std::ranges::all_of(box, [](double v) { return std::isfinite(v); });
  return good ? std::optional(box) : std::nullopt;
}

/// Corners of a source in longitudes and latitudes: those of the projection, cut at its border.
std::optional<Box> cut_degrees(const SourceImage& image, const Box& own,
                               const OGRSpatialReference& mercator, const Box& world) {
  const double degree = full_turn(image.srs) / 360, most = kMostLatitude * degree;
  const bool beyond = (own[3] > most || own[1] < -most) && own[1] < most && own[3] > -most;
  if (!beyond) return std::nullopt;
  std::vector<PixelPoint> p = {{own[0], std::max(own[1], -most)}, {own[2], std::min(own[3], most)}};
  CrsPair(wkt_of(image.srs), wkt_of(mercator), std::nullopt).to_target(p);
  Box box = {p[0].x, p[0].y, p[1].x, p[1].y};
  const double shift = image.srs.GetPrimeMeridian() - mercator.GetPrimeMeridian();
  const double from = own[0] / degree + shift - middle_meridian(mercator) + 180;  // from the border
  const double west = from - 360 * std::floor((from + kNearly) / 360);
  const double east = west + (own[2] - own[0]) / degree;
  if (west <= kNearly || east > 360 + kNearly) box[0] = world[0];
  if (east >= 360 - kNearly) box[2] = world[2];
  if (!(box[0] < box[2] && box[1] < box[3])) return std::nullopt;
  return box;
}

/// What GDAL makes of any other source, cut if that has a pole: it goes on to twice the world then,
/// and in pixels so huge that the box may end early.
std::optional<Box> cut_natural(const SourceOptions& source, const SourceImage& image,
                               const OGRSpatialReference& mercator, const Box& world) {
  const GridAnswer natural = ask_gdalwarp(source, image, {.dst_crs = wkt_of(mercator)});
  if (!natural.error.empty()) return std::nullopt;
  const Box all = corners_of(natural.grid);
  const double pixel = std::abs(natural.grid.geotransform[1]);
  if (all[3] < 2 * world[3] && all[1] > 2 * world[1]) return std::nullopt;
  const Box box = {std::max(all[0] - pixel, world[0]), std::max(all[1], world[1]),
                   std::min(all[2] + pixel, world[2]), std::min(all[3], world[3])};
  return box[0] < box[2] && box[1] < box[3] ? std::optional(box) : std::nullopt;
}

std::optional<Box> cut(const SourceOptions& source, const SourceImage& image,
                       const OGRSpatialReference& mercator, const Box& world) {
  TargetGrid own{{}, {}, image.width, image.height};
  auto& g = own.geotransform;
  const bool upright = image.tie == Tie::kGeotransform && image.srs.IsGeographic() != FALSE &&
                       image.dataset->GetGeoTransform(g.data()) == CE_None && g[2] == 0 &&
                       g[4] == 0 && g[1] > 0;
  return upright ? cut_degrees(image, corners_of(own), mercator, world)
                 : cut_natural(source, image, mercator, world);
}

}  // namespace

std::optional<Box> mercator_world(const std::string& crs_wkt) {
  if (crs_wkt.empty()) return std::nullopt;
  return whole_world(srs_from_text(crs_wkt, "the output's CRS"));
}

std::optional<Box> mercator_extent(const SourceOptions& source, const SourceImage& image,
                                   const OGRSpatialReference& target) {
  const std::optional<Box> world = whole_world(target);
  if (!world || keeps_crs(image, wkt_of(target))) return std::nullopt;
  return cut(source, image, target, *world);
}

std::optional<ProjectedBounds> mercator_bounds(const SourceOptions& source,
                                               const std::string& crs_wkt) {
  SourceImage image = open_source_image(source);
  recentre_map(image, source, crs_wkt);
  const auto box = mercator_extent(source, image, srs_from_text(crs_wkt, "the output's CRS"));
  if (!box) return std::nullopt;
  const GridAnswer answer = ask_gdalwarp(source, image, {.dst_crs = crs_wkt, .bbox = box});
  if (!answer.error.empty()) return std::nullopt;
  const auto& g = answer.grid.geotransform;
  return ProjectedBounds{*box, {std::abs(g[1]), std::abs(g[5])}};
}

void warn_of_mercators_end(const std::string& what, const std::string& crs_wkt) {
  report::log_warning(what + ": \"" + title_of_crs(crs_wkt) +
                      "\" has no place for the poles, so the output ends at 85.05 degrees; "
                      "another extent: --bbox");
}

}  // namespace cogmill::crs
