// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::crs {

/// Which coordinate operation leads from one CRS to the other, for the log and the record.
struct OperationReport {
  std::string name;                        ///< PROJ's name of it
  std::string definition;                  ///< PROJ pipeline, x is east on both sides
  std::optional<double> accuracy;          ///< [m]; nothing: unknown
  std::vector<std::string> missing_grids;  ///< grids of a better operation that are not installed
  /// Where its datum shifts are meant for, if the area reaches beyond: west, south, east, north
  /// [degrees]. Conversions (map projections) have no such limits.
  std::optional<std::array<double, 4>> area_of_use;
};

/// The operation that all points of an image go through, whatever others there are for some of
/// them.
struct ChosenOperation {
  std::string pipeline;  ///< between the CRSs' own axes, as GDAL takes it
  bool is_only = false;  ///< PROJ has no other one for the area
};

/// The best operation for the area, as PROJ ranks them: the one that describe_operation describes.
/// @param area west, south, east, north [degrees]   @throws report::RuntimeError if there is none
ChosenOperation choose_operation(const std::string& source_wkt, const std::string& target_wkt,
                                 const std::optional<std::array<double, 4>>& area);

/// The best operation for the area, as PROJ ranks them, and the grids that a better one would need.
/// @param area west, south, east, north [degrees]   @throws report::RuntimeError if there is none
OperationReport describe_operation(const std::string& source_wkt, const std::string& target_wkt,
                                   const std::optional<std::array<double, 4>>& area);

}  // namespace cogmill::crs
