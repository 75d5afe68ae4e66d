// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/turned_polygons.hpp"

#include "src/crs/turn.hpp"

#include <algorithm>
#include <cmath>

namespace cogmill::crs {
namespace {

void join_ring(OGRLinearRing& ring, const Turn& turn, double& near) {
  const int count = ring.getNumPoints();
  std::vector<double> xs;
  double last = near;
  for (int i = 0; i < count; ++i) {
    last = turn.near(ring.getX(i), last);
    xs.push_back(last);
  }
  if (xs.empty() || std::abs(xs.back() - xs.front()) > turn.period() / 2) return;
  for (int i = 0; i < count; ++i) {
    const double x = xs[static_cast<std::size_t>(i)];
    if (x != ring.getX(i)) ring.setPoint(i, x, ring.getY(i));
  }
  near = xs.front();
}

}  // namespace

void join_rings(OGRGeometry& polygon, double turn) {
  if (turn == 0 || wkbFlatten(polygon.getGeometryType()) != wkbPolygon) return;
  OGRPolygon& rings = *polygon.toPolygon();
  if (rings.getExteriorRing() == nullptr || rings.getExteriorRing()->IsEmpty() != FALSE) return;
  double near = rings.getExteriorRing()->getX(0);
  for (OGRLinearRing* ring : rings) join_ring(*ring, Turn(turn), near);
}

std::array<double, 4> joined_bounds(const std::vector<OGREnvelope>& boxes, const MapTurn& map) {
  OGREnvelope all;
  for (const OGREnvelope& box : boxes) all.Merge(box);
  const std::array<double, 4> plain = {all.MinX, all.MinY, all.MaxX, all.MaxY};
  const double west = map.middle - map.period / 2, east = map.middle + map.period / 2;
  const double nearly = map.period * 1e-9;
  if (map.period == 0 || std::abs(all.MinX - west) > nearly || std::abs(all.MaxX - east) > nearly)
    return plain;
  std::vector<OGREnvelope> sorted = boxes;
  std::ranges::sort(sorted, {}, &OGREnvelope::MinX);
  double reached = west, widest = 0, from = west, to = west;
  for (const OGREnvelope& box : sorted) {
    if (box.MinX - reached > widest) widest = box.MinX - reached, from = reached, to = box.MinX;
    reached = std::max(reached, box.MaxX);
  }
  if (widest <= nearly) return plain;
  return {to, all.MinY, from + map.period, all.MaxY};
}

std::vector<double> shifts_into(const OGREnvelope& box, double x_min, double x_max, double turn) {
  if (turn == 0) return {0};
  constexpr double kMost = 1000;  // turns: more is no map
  const double first = std::ceil((x_min - box.MaxX) / turn);
  const double last = std::floor((x_max - box.MinX) / turn);
  std::vector<double> shifts;
  if (std::abs(first) > kMost || std::abs(last) > kMost) return {0};
  for (double k = first; k <= last; ++k) shifts.push_back(k * turn);
  return shifts;
}

}  // namespace cogmill::crs
