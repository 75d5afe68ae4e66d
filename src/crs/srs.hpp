// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ogr_spatialref.h>

#include <string>

namespace cogmill::crs {

/// @param option what gave the text, for the message: "--src-crs"
/// @return the CRS, x being east or longitude (GDAL's traditional axis order)
/// @throws report::UsageError naming the option, the text and PROJ's reason
OGRSpatialReference srs_from_text(const std::string& text, const std::string& option);

/// The same for options that name a CRS, which has to be one of maps: x and y, or longitude and
/// latitude.   @throws report::UsageError for heights alone and geocentric systems too
OGRSpatialReference map_srs_from_text(const std::string& text, const std::string& option);

/// @return WKT2 as one line; empty for an empty CRS   @throws report::RuntimeError if it has no
/// WKT2
std::string wkt_of(const OGRSpatialReference& srs);

/// @return whether both are made of one geographic CRS, so that projections alone lie between them
bool share_datum(const OGRSpatialReference& a, const OGRSpatialReference& b);

/// As is_same_crs.
bool same_crs(const OGRSpatialReference& a, const OGRSpatialReference& b);

/// @return "WGS 84 / UTM zone 31N", or "an unnamed CRS"
std::string title_of(const OGRSpatialReference& srs);

/// 360 degrees in the units of a geographic CRS; 0 for others.
double full_turn(const OGRSpatialReference& srs);

}  // namespace cogmill::crs
