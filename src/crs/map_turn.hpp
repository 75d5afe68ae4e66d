// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ogr_spatialref.h>

#include <array>
#include <limits>
#include <string>

namespace cogmill::crs {

/// How a map repeats in x: longitudes after 360 degrees, cylindrical projections after the
/// equator's length. Positions a multiple of it apart are the same place, so that a map may run on
/// beyond the antimeridian.
struct MapTurn {
  double period = 0;  ///< [CRS unit]; 0: the map does not repeat
  /// Positions that PROJ gives lie within half a period of this x [CRS unit].
  double middle = 0;
  /// y of the poles, each a line where all x are one place; NaN where the map has none.
  std::array<double, 2> poles = {std::numeric_limits<double>::quiet_NaN(),
                                 std::numeric_limits<double>::quiet_NaN()};
};

/// Asks PROJ for some positions, whatever the projection is called.
MapTurn map_turn(const OGRSpatialReference& crs);

/// The same of a CRS as WKT.   @param crs_wkt empty: nothing repeats
MapTurn map_turn_of(const std::string& crs_wkt);

}  // namespace cogmill::crs
