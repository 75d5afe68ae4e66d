// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ogr_spatialref.h>

#include <string>

namespace cogmill::io {

/// @return `crs`, in which the parts of a compound one have their own codes wherever PROJ's
/// database knows them: GeoTIFF keys name the parts, and GDAL finds no code for them below that of
/// the whole.
OGRSpatialReference with_codes_of_parts(const OGRSpatialReference& crs);

/// WKT2, with the codes of a compound CRS and of its parts. PROJ writes either.
/// @return empty if GDAL cannot write it, and says why
std::string wkt2_of(const OGRSpatialReference& crs);

}  // namespace cogmill::io
