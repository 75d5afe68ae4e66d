// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/source_image.hpp"
#include "src/crs/target_grid.hpp"

#include <string>

namespace cogmill::crs {

/// Sees to outputs without --bbox for which gdalwarp's extent would be of no use:
/// - a source across 180 degrees gets longitudes side by side, 179 to 181, in a geographic CRS;
/// - one whose longitudes go beyond 180 degrees keeps them there, once each, and a projection sees
///   all of it;
/// - a geographic source wider than half a turn is seen whole by a projection, wherever its columns
///   begin;
/// - Mercator's projections end at 85.05 degrees, not at the poles, which are infinitely far off.
/// @param image gets a middle for its longitudes where they have to be brought together
/// @return the options, with a box (and a size, where there is neither size nor resolution) added
GridOptions with_extent(const SourceOptions& source, SourceImage& image, const GridOptions& options,
                        const std::string& crs_wkt);

}  // namespace cogmill::crs
