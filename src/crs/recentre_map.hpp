// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/source_image.hpp"

#include <optional>
#include <string>

namespace cogmill::crs {

/// The same projection with its middle half a turn away, where PROJ cuts the other one.
/// @return nothing if its definition has no one longitude of origin
std::optional<OGRSpatialReference> opposite_map(const OGRSpatialReference& srs);

/// Sees to ground control points on a map that repeats (Mercator, other cylindrical ones) and that
/// lie across its antimeridian, or beyond: polynomials and splines know no turns, and PROJ gives
/// positions within the map alone. They are brought side by side, and onto a map that is whole
/// there. Nothing is done where they go more than half round the globe, and for longitudes.
/// @param target_wkt the output's CRS; of the source's own, positions stay as they are
void recentre_map(SourceImage& image, const SourceOptions& source, const std::string& target_wkt);

}  // namespace cogmill::crs
