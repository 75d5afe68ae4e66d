// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/infinite_extent.hpp"

#include "src/crs/srs.hpp"
#include "src/report/error.hpp"

#include <ogr_spatialref.h>

#include <algorithm>

namespace cogmill::crs {

bool is_infinite(const std::array<double, 4>& box, const OGRSpatialReference& crs) {
  constexpr double kFarthest = 150;  // radii of the globe
  const double farthest = std::max(std::max(-box[0], -box[1]), std::max(box[2], box[3]));
  return crs.IsProjected() != FALSE &&
         !(farthest * crs.GetLinearUnits(nullptr) < kFarthest * crs.GetSemiMajor());
}

bool is_infinite(const std::array<double, 4>& box, const std::string& crs_wkt) {
  return !crs_wkt.empty() && is_infinite(box, srs_from_text(crs_wkt, "the output's CRS"));
}

void require_finite(const std::string& what, const std::array<double, 4>& box,
                    const std::string& crs_wkt) {
  if (!is_infinite(box, crs_wkt)) return;
  throw report::RuntimeError(
      what + " reaches places that \"" + title_of(srs_from_text(crs_wkt, "the output's CRS")) +
      "\" shows infinitely far away; say with --bbox what the output is to cover");
}

}  // namespace cogmill::crs
