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
  std::string definition;                  ///< PROJ pipeline
  std::optional<double> accuracy;          ///< [m]; nothing: unknown
  std::vector<std::string> missing_grids;  ///< grids of a better operation that are not installed
};

/// The best operation for the area, as PROJ ranks them, and the grids that a better one would need.
/// @param area west, south, east, north [degrees]   @throws report::RuntimeError if there is none
OperationReport describe_operation(const std::string& source_wkt, const std::string& target_wkt,
                                   const std::optional<std::array<double, 4>>& area);

}  // namespace cogmill::crs
