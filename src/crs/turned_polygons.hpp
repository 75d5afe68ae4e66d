// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/map_turn.hpp"

#include <ogr_core.h>
#include <ogr_geometry.h>

#include <array>
#include <vector>

/// Polygons on maps that repeat after a turn: 360 degrees, or a cylindrical projection's equator.
namespace cogmill::crs {

/// Brings each point of the rings within half a turn of the one before it, as edges that went
/// across the map's cut were before they were projected. A ring round a pole stays as it is.
/// @param turn [CRS unit]; 0: the map does not repeat
void join_rings(OGRGeometry& polygon, double turn);

/// The box of all polygons, of which the boxes are given: x min, y min, x max, y max. If they reach
/// both edges of the map and leave a gap between them, it goes on across the edge.
std::array<double, 4> joined_bounds(const std::vector<OGREnvelope>& boxes, const MapTurn& map);

/// By how much polygons have to be moved in x so that they share some with a range: whole turns,
/// ascending.
std::vector<double> shifts_into(const OGREnvelope& box, double x_min, double x_max, double turn);

}  // namespace cogmill::crs
