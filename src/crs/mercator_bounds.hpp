// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/affine_source.hpp"
#include "src/crs/target_grid.hpp"

#include <array>
#include <optional>
#include <string>

namespace cogmill::crs {

/// x min, y min, x max, y max of a Mercator projection whose latitudes end at 85.0511287798066
/// degrees, where the world is a square in EPSG:3857; nothing if the CRS is another one.
std::optional<std::array<double, 4>> mercator_world(const std::string& crs_wkt);

/// What is left of a source in it, with the pixels that it gets there.
/// @throws report::RuntimeError naming the file
std::optional<ProjectedBounds> mercator_bounds(const SourceOptions& source,
                                               const std::string& crs_wkt);

/// Says that the output ends before the poles.
void warn_of_mercators_end(const std::string& what, const std::string& crs_wkt);

}  // namespace cogmill::crs
