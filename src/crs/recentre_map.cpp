// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/recentre_map.hpp"

#include "src/crs/crs_pair.hpp"
#include "src/crs/map_turn.hpp"
#include "src/crs/srs.hpp"
#include "src/crs/turn.hpp"
#include "src/io/gdal_check.hpp"

#include <cpl_conv.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

namespace cogmill::crs {
namespace {

using nlohmann::json;

/// The part of a CRS's PROJJSON that has the projection; nullptr: there is none.
json* find_projection(json& crs) {
  if (!crs.is_object()) return nullptr;
  crs.erase("id");  // it becomes another CRS
  if (crs.contains("conversion")) return &crs["conversion"];
  return crs.contains("source_crs") ? find_projection(crs["source_crs"]) : nullptr;
}

/// PROJ knows some CRSs by their names alone: EPSG:3857's would be the one with its middle at 0.
void rename(json& crs) {
  crs["name"] = crs.value("name", "unnamed") + " (opposite)";
  if (crs.contains("source_crs")) rename(crs["source_crs"]);
}

/// 180 degrees in the unit of a parameter.
double half_turn(const json& parameter) {
  const auto unit = parameter.find("unit");
  const bool degrees = unit == parameter.end() || !unit->is_object();
  return degrees ? 180 : std::numbers::pi / unit->value("conversion_factor", 1.0);
}

/// @return whether there is one longitude of origin
bool turn_origin(json& projection) {
  projection.erase("id");
  int found = 0;
  for (json& parameter : projection["parameters"]) {
    if (parameter.value("name", "") != "Longitude of natural origin") continue;
    const double half = half_turn(parameter), x = parameter.value("value", 0.0);
    parameter["value"] = x > 0 ? x - half : x + half;
    ++found;
  }
  return found == 1;
}

/// Control points whose x can be moved.
class Points {
 public:
  explicit Points(GDALDataset& dataset)
      : all_(dataset.GetGCPs(), dataset.GetGCPs() + dataset.GetGCPCount()) {}

  double west() const { return std::ranges::min(all_, {}, &GDAL_GCP::dfGCPX).dfGCPX; }
  double east() const { return std::ranges::max(all_, {}, &GDAL_GCP::dfGCPX).dfGCPX; }
  double middle() const { return (west() + east()) / 2; }
  /// Whether the map has a place for all of them.
  bool are_on(const MapTurn& map) const {
    const double half = map.period / 2 * (1 + 1e-9);
    return west() >= map.middle - half && east() <= map.middle + half;
  }
  void join(double period) {
    const double near = all_.front().dfGCPX;
    for (GDAL_GCP& gcp : all_) gcp.dfGCPX = Turn(period).near(gcp.dfGCPX, near);
  }
  void move(double x) {
    for (GDAL_GCP& gcp : all_) gcp.dfGCPX += x;
  }
  /// By as many whole turns as bring them nearest to the map's middle.
  void bring_to(const MapTurn& map) {
    move(Turn(map.period).near(middle(), map.middle) - middle());
  }
  void store(SourceImage& image, const OGRSpatialReference& srs) const {
    io::gdal_check(image.dataset->SetGCPs(static_cast<int>(all_.size()), all_.data(), &srs),
                   "cannot bring the ground control points of " + image.path + " together");
  }

 private:
  std::vector<GDAL_GCP> all_;
};

/// Longitudes are counted from 0 to 360 degrees where the points lie across 180.
std::optional<double> centre_across_180(const Points& points, const OGRSpatialReference& srs) {
  std::array<kernels::PixelPoint, 1> place = {{{points.middle(), 0}}};
  CrsPair(wkt_of(srs), crs_from_text("OGC:CRS84", "longitudes"), std::nullopt).to_target(place);
  const double longitude = place.front().x;
  if (!(std::abs(longitude) > 90)) return std::nullopt;
  return std::round(longitude < 0 ? longitude + 360 : longitude);
}

bool is_same_map(const MapTurn& a, const MapTurn& b) {
  const double tolerance = a.period * 1e-9;
  return std::abs(a.period - b.period) <= tolerance && std::abs(a.middle - b.middle) <= tolerance;
}

}  // namespace

std::optional<OGRSpatialReference> opposite_map(const OGRSpatialReference& srs) {
  OGRSpatialReference flat = srs;
  if (flat.IsCompound() != FALSE) flat.StripVertical();
  char* text = nullptr;
  const io::GdalMessages quiet;
  const OGRErr status = flat.exportToPROJJSON(&text, nullptr);
  const std::unique_ptr<char, decltype(&VSIFree)> owner(text, &VSIFree);
  if (status != OGRERR_NONE || text == nullptr) return std::nullopt;
  json crs = json::parse(text, nullptr, false);
  json* const projection = find_projection(crs);
  if (projection == nullptr || !turn_origin(*projection)) return std::nullopt;
  rename(crs);
  OGRSpatialReference result;
  if (result.SetFromUserInput(crs.dump().c_str()) != OGRERR_NONE) return std::nullopt;
  result.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return result;
}

void recentre_map(SourceImage& image, const SourceOptions& source, const std::string& target_wkt) {
  if (image.tie != Tie::kGcps || image.srs.IsProjected() == FALSE ||
      !source.coordinate_operation.empty() || keeps_crs(image, target_wkt))
    return;
  const MapTurn map = map_turn(image.srs);
  Points points(*image.dataset);
  if (map.period == 0 || (points.are_on(map) && points.east() - points.west() <= map.period / 2))
    return;
  points.join(map.period);
  if (points.east() - points.west() > map.period / 2) return;
  points.bring_to(map);
  if (points.are_on(map)) return points.store(image, image.srs);
  const auto opposite = opposite_map(image.srs);
  if (!opposite || !is_same_map(map, map_turn(*opposite))) return;
  points.move(map.period / 2);
  points.bring_to(map);
  image.srs = *opposite;
  image.recentred = true;
  image.centre_longitude = centre_across_180(points, image.srs);
  points.store(image, image.srs);
}

}  // namespace cogmill::crs
