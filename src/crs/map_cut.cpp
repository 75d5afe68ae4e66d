// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/map_cut.hpp"

#include "src/crs/affine.hpp"
#include "src/crs/gdal_transformer.hpp"
#include "src/crs/infinite_extent.hpp"
#include "src/crs/recentre_map.hpp"
#include "src/crs/source_image.hpp"
#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;
using Points = std::vector<PixelPoint>;

constexpr std::size_t kSteps = 16, kAcross = kSteps + 1;

bool found(const PixelPoint& p) { return std::isfinite(p.x) && std::isfinite(p.y); }

/// Of the unit square, row by row.
Points lattice() {
  Points points;
  for (std::size_t row = 0; row < kAcross; ++row)
    for (std::size_t col = 0; col < kAcross; ++col)
      points.push_back({static_cast<double>(col) / kSteps, static_cast<double>(row) / kSteps});
  return points;
}

/// Two neighbours on either side of a leap, as parts of the source and on the map.
struct Leap {
  PixelPoint from, to, map_from, map_to;

  double length() const { return std::abs(map_to.x - map_from.x); }
};

/// Halves the way between two places until they are next to each other: what is left of the leap
/// there is no way at all. Nothing if a place between them is not on the map.
std::optional<Leap> narrowed(const ToOutput& to_output, Leap leap) {
  constexpr int kHalvings = 24;  // on the cut itself there is no way back to a longitude
  for (int i = 0; i < kHalvings; ++i) {
    const PixelPoint middle = {(leap.from.x + leap.to.x) / 2, (leap.from.y + leap.to.y) / 2};
    std::array<PixelPoint, 1> on_map = {middle};
    to_output(on_map);
    if (!found(on_map[0])) return std::nullopt;
    if (std::abs(on_map[0].x - leap.map_from.x) > std::abs(leap.map_to.x - on_map[0].x))
      leap.to = middle, leap.map_to = on_map[0];
    else
      leap.from = middle, leap.map_from = on_map[0];
  }
  return leap;
}

/// A leap over more than half of the box in which the places lie.
std::optional<Leap> find_leap(const ToOutput& to_output, const Points& parts, const Points& map) {
  double west = std::numeric_limits<double>::infinity(), east = -west;
  for (const PixelPoint& p : map)
    if (found(p)) west = std::min(west, p.x), east = std::max(east, p.x);
  const double far = (east - west) / 2;
  for (std::size_t i = 0; i < map.size(); ++i)
    for (const std::size_t step : {std::size_t{1}, kAcross}) {
      const std::size_t j = i + step;
      const bool neighbours = j < map.size() && (step != 1 || j % kAcross != 0);
      if (!neighbours || !found(map[i]) || !found(map[j]) || !(far > 0) ||
          std::abs(map[j].x - map[i].x) <= far)
        continue;
      const auto leap = narrowed(to_output, {parts[i], parts[j], map[i], map[j]});
      if (leap && leap->length() > far / 2) return leap;
    }
  return std::nullopt;
}

/// Coordinates of a map in the longitudes and latitudes that it is made of.
class Globe {
 public:
  explicit Globe(const OGRSpatialReference& map)
      : base_(map.CloneGeogCS()), pair_(wkt_of(map), wkt_of(*base_), std::nullopt) {}

  double turn() const { return full_turn(*base_); }
  void to_longitudes(std::span<PixelPoint> points) const { pair_.to_target(points); }
  /// Whether most of a parallel lies between two x: they are the ends of the map, and not the sides
  /// of a gap within it, as interrupted maps have them.
  /// @param place on the parallel
  bool is_between(const PixelPoint& place, double west, double east) const {
    constexpr int kParts = 8;
    Points parallel;
    for (int i = 1; i < kParts; ++i) parallel.push_back({place.x + turn() * i / kParts, place.y});
    pair_.to_source(parallel);
    const auto inside = std::ranges::count_if(
        parallel, [&](const PixelPoint& p) { return p.x > west && p.x < east; });
    return inside > kParts / 2;
  }
  /// From -180 to 180, Greenwich's.
  double degrees(double longitude) const {
    const double x = longitude / turn() * 360 + base_->GetPrimeMeridian();
    return x - 360 * std::round(x / 360);
  }

 private:
  struct Release {
    void operator()(OGRSpatialReference* srs) const { srs->Release(); }
  };
  std::unique_ptr<OGRSpatialReference, Release> base_;
  CrsPair pair_;
};

/// The widest gap between longitudes, all round the globe.
double widest_gap(Points points, double turn) {
  std::erase_if(points, [](const PixelPoint& p) { return !found(p); });
  if (points.empty()) return 0;
  for (PixelPoint& p : points) p.x -= turn * std::floor(p.x / turn);
  std::ranges::sort(points, {}, &PixelPoint::x);
  double widest = points.front().x + turn - points.back().x;
  for (std::size_t i = 1; i < points.size(); ++i)
    widest = std::max(widest, points[i].x - points[i - 1].x);
  return widest;
}

/// "180 degrees (the antimeridian)", "20 degrees west".
std::string meridian(double longitude) {
  constexpr double kNearly = 1e-3;
  if (std::abs(longitude) > 180 - kNearly) return "180 degrees (the antimeridian)";
  if (std::abs(longitude) < kNearly) return "0 degrees";
  char text[48];
  std::snprintf(text, sizeof text, "%.5g degrees %s", std::abs(longitude),
                longitude > 0 ? "east" : "west");
  return text;
}

}  // namespace

std::optional<MapCut> find_cut(const ToOutput& to_output, const std::string& crs_wkt) {
  const Points parts = lattice();
  Points map = parts;
  to_output(map);
  const auto leap = find_leap(to_output, parts, map);
  if (!leap) return std::nullopt;
  const OGRSpatialReference srs = srs_from_text(crs_wkt, "the output's CRS");
  const auto [west, east] = std::minmax(leap->map_from.x, leap->map_to.x);
  if (is_infinite({west, 0, east, 0}, srs)) return std::nullopt;
  const Globe globe(srs);
  // The way back to a longitude may fail on the map's very end, or a little before it.
  Points edges = {leap->map_from, leap->map_to};
  constexpr double kInside = 1e-6;
  const double middle = (west + east) / 2;
  for (const PixelPoint& p : {leap->map_from, leap->map_to})
    edges.push_back({p.x + (middle - p.x) * kInside, p.y});
  globe.to_longitudes(map);
  globe.to_longitudes(edges);
  constexpr double kNearly = 1e-9;
  const auto edge = std::ranges::find_if(edges, found);
  if (edge == edges.end() || widest_gap(map, globe.turn()) < globe.turn() * (0.5 - kNearly))
    return std::nullopt;
  const bool ends = srs.IsGeographic() != FALSE || globe.is_between(*edge, west, east);
  if (!ends) return std::nullopt;
  return MapCut{globe.degrees(edge->x), {west, east}, leap->from};
}

std::optional<MapCut> find_cut(const AffineSource& source, const std::string& crs_wkt) {
  if (source.crs->is_identity()) return std::nullopt;
  const auto to_output = [&](std::span<PixelPoint> points) {
    for (PixelPoint& p : points)
      p = mapped(source.geotransform, {p.x * static_cast<double>(source.width),
                                       p.y * static_cast<double>(source.height)});
    source.crs->to_target(points);
  };
  return find_cut(to_output, crs_wkt);
}

std::optional<MapCut> find_cut(const SourceOptions& source, const SourceImage& image,
                               const std::string& crs_wkt) {
  // Longitudes of one CRS may be counted from elsewhere: +lon_wrap.
  if (crs_wkt.empty() || (image.srs.IsGeographic() == FALSE && keeps_crs(image, crs_wkt)))
    return std::nullopt;
  constexpr Affine kCoordinates = {0, 1, 0, 0, 0, 1};
  GdalTransformer transformer(image, transformer_options(source, crs_wkt), kCoordinates);
  const auto to_output = [&](std::span<PixelPoint> points) {
    for (PixelPoint& p : points)
      p = {p.x * static_cast<double>(image.width), p.y * static_cast<double>(image.height)};
    transformer.to_output(points);
  };
  return find_cut(to_output, crs_wkt);
}

std::optional<MapCut> find_cut(const SourceOptions& source, const std::string& crs_wkt) {
  SourceImage image = open_source_image(source);
  if (!crs_wkt.empty()) require_crs(image, source);
  recentre_map(image, source, crs_wkt);
  return find_cut(source, image, crs_wkt);
}

std::optional<AffineSource> without_sliver(const AffineSource& source, const MapCut& cut,
                                           const std::string& crs_wkt) {
  constexpr double kMost = 1;        // [px]
  constexpr double kRounded = 1e-8;  // of a side: how exactly the cut's place is known
  for (const bool across : {true, false}) {
    const double part = across ? cut.place.x : cut.place.y;
    const double pixels = static_cast<double>(across ? source.width : source.height);
    if (!(std::min(part, 1 - part) * pixels < kMost)) continue;
    const double from = part < 0.5 ? part + kRounded : 0, to = part < 0.5 ? 1 : part - kRounded;
    AffineSource rest = source;
    Affine& g = rest.geotransform;
    const std::size_t x = across ? 1 : 2, y = across ? 4 : 5;
    g[0] += from * pixels * g[x], g[3] += from * pixels * g[y];
    g[x] *= to - from, g[y] *= to - from;
    if (!find_cut(rest, crs_wkt)) return rest;
  }
  return std::nullopt;
}

bool drop_sliver(SourceImage& image, const MapCut& cut, const std::string& crs_wkt) {
  AffineSource source{image.width, image.height, {}, nullptr};
  if (image.tie != Tie::kGeotransform ||
      image.dataset->GetGeoTransform(source.geotransform.data()) != CE_None)
    return false;
  source.crs = std::make_shared<CrsPair>(wkt_of(image.srs), crs_wkt, std::nullopt);
  auto rest = without_sliver(source, cut, crs_wkt);
  if (!rest) return false;
  io::gdal_check(image.dataset->SetGeoTransform(rest->geotransform.data()),
                 "cannot measure " + image.path);
  return true;
}

void refuse_cut(const std::string& what, const MapCut& cut, const std::string& crs_wkt,
                const std::string& lacks) {
  throw report::RuntimeError(what + " lies on both sides of " + meridian(cut.longitude) +
                             ", where \"" + title_of(srs_from_text(crs_wkt, "the output's CRS")) +
                             "\" is cut: its parts are at opposite ends of the map; choose " +
                             kWholeCrs + ", or say with " + lacks + " what the output is");
}

}  // namespace cogmill::crs
