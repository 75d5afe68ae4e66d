// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

class OGRSpatialReference;

namespace cogmill::crs {

/// Whether a box of a projection reaches 150 radii of the globe and more from its origin (the
/// equator is 6.3 long): it ends where the projection would have to show infinity.
/// @param box x min, y min, x max, y max
bool is_infinite(const std::array<double, 4>& box, const OGRSpatialReference& crs);
/// @param crs_wkt empty: no CRS, so that nothing is far
bool is_infinite(const std::array<double, 4>& box, const std::string& crs_wkt);

/// The box is what something covers, whose pixels would say nothing of it.
/// @param what reaches there   @throws report::RuntimeError if it is infinite
void require_finite(const std::string& what, const std::array<double, 4>& box,
                    const std::string& crs_wkt);

}  // namespace cogmill::crs
