// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/map_turn.hpp"

#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"

#include <cmath>
#include <memory>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

namespace cogmill::crs {
namespace {

constexpr std::size_t kMeridians = 24;

/// Positions of one parallel, [degrees] of latitude, all round the globe.
struct Parallel {
  std::vector<double> x, y;
};

class Projection {
 public:
  explicit Projection(const OGRSpatialReference& crs) : geographic_(crs.CloneGeogCS()) {
    if (!geographic_) return;
    geographic_->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    degree_ = std::numbers::pi / 180 / geographic_->GetAngularUnits(nullptr);
    forward_.reset(OGRCreateCoordinateTransformation(geographic_.get(), &crs));
  }

  /// Nothing if a position has no place on the map.
  std::optional<Parallel> parallel(double latitude) const {
    std::vector<double> longitudes;
    for (std::size_t k = 0; k < kMeridians; ++k) longitudes.push_back(longitude(k));
    return places(std::move(longitudes), latitude);
  }
  static double longitude(std::size_t k) {
    constexpr double kOdd = 7.3;  // a map is rarely cut there
    return static_cast<double>(k) * 360 / kMeridians - 180 + kOdd;
  }
  /// @param longitudes [degrees]
  std::optional<Parallel> places(std::vector<double> longitudes, double latitude) const {
    if (!forward_) return std::nullopt;
    Parallel line{std::move(longitudes), {}};
    for (double& x : line.x) x *= degree_;
    line.y.assign(line.x.size(), latitude * degree_);
    for (std::size_t k = 0; k < line.x.size(); ++k) {
      int found = FALSE;
      forward_->Transform(1, &line.x[k], &line.y[k], nullptr, &found);
      if (found == FALSE || !std::isfinite(line.x[k]) || !std::isfinite(line.y[k]))
        return std::nullopt;
    }
    return line;
  }

 private:
  struct Destroy {
    void operator()(OGRCoordinateTransformation* way) const {
      OGRCoordinateTransformation::DestroyCT(way);
    }
    void operator()(OGRSpatialReference* srs) const { srs->Release(); }
  };
  std::unique_ptr<OGRSpatialReference, Destroy> geographic_;
  std::unique_ptr<OGRCoordinateTransformation, Destroy> forward_;
  double degree_ = 1;  ///< in the unit of the map's own longitudes
};

/// Length of a parallel that is a straight line of equal steps with one cut; else nothing.
std::optional<double> length_of(const Parallel& line) {
  std::vector<double> steps;
  for (std::size_t k = 0; k < kMeridians; ++k)
    steps.push_back(line.x[(k + 1) % kMeridians] - line.x[k]);
  const bool cut_first = std::abs(steps[0] - steps[1]) > std::abs(steps[1] - steps[2]);
  const double step = cut_first ? steps[2] : steps[0];
  const double length = step * kMeridians, tolerance = std::abs(length) * 1e-9;
  std::size_t cuts = 0;
  for (std::size_t k = 0; k < kMeridians; ++k) {
    if (std::abs(line.y[k] - line.y[0]) > tolerance) return std::nullopt;
    if (std::abs(steps[k] - step) <= tolerance) continue;
    if (std::abs(steps[k] - (step - length)) > tolerance) return std::nullopt;
    ++cuts;
  }
  return cuts == 1 && tolerance > 0 ? std::optional(std::abs(length)) : std::nullopt;
}

/// Half way between the ends of the equator, which lie on both sides of the meridian at which the
/// map is cut.
double middle_of(const Projection& projection, const Parallel& equator, double length) {
  std::size_t cut = 0;
  while (std::abs(equator.x[(cut + 1) % kMeridians] - equator.x[cut]) < length / 2) ++cut;
  double west = Projection::longitude(cut), east = west + 360.0 / kMeridians;
  double last = equator.x[cut], first = equator.x[(cut + 1) % kMeridians];
  for (int halvings = 0; halvings < 40; ++halvings) {
    const double between = (west + east) / 2;
    const auto place = projection.places({between}, 0);
    if (!place) break;
    const bool before = std::abs(place->x[0] - last) < length / 2;
    (before ? west : east) = between;
    (before ? last : first) = place->x[0];
  }
  return (last + first) / 2;
}

}  // namespace

MapTurn map_turn(const OGRSpatialReference& crs) {
  MapTurn turn;
  if (crs.IsGeographic() != FALSE) {
    turn.period = 2 * std::numbers::pi / crs.GetAngularUnits(nullptr);
    turn.poles = {turn.period / 4, -turn.period / 4};
    return turn;
  }
  if (crs.IsProjected() == FALSE) return turn;
  const io::GdalMessages quiet;  // parallels that are not on the map
  const Projection projection(crs);
  std::optional<double> period;
  for (const double latitude : {0.0, 37.0, -52.0}) {
    const auto line = projection.parallel(latitude);
    const auto length = line ? length_of(*line) : std::nullopt;
    if (!length || (period && std::abs(*length - *period) > *period * 1e-9)) return turn;
    period = length;
  }
  turn.period = *period;
  turn.middle = middle_of(projection, *projection.parallel(0), turn.period);
  for (std::size_t k = 0; k < 2; ++k)
    if (const auto pole = projection.parallel(k == 0 ? 90 : -90)) turn.poles[k] = pole->y[0];
  return turn;
}

MapTurn map_turn_of(const std::string& crs_wkt) {
  return crs_wkt.empty() ? MapTurn{}
                         : map_turn(srs_from_text(crs_wkt, "coordinate reference system"));
}

}  // namespace cogmill::crs
