// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/source_image.hpp"
#include "src/crs/target_grid.hpp"

#include <array>
#include <string>

namespace cogmill::crs {

/// A grid without its CRS, or why there is none.
struct GridAnswer {
  TargetGrid grid = {};
  std::string error = {};
};

/// The grid that this GDAL's own gdalwarp lays out, whose rules differ between versions.
/// @param image what `source` names, or a stand-in for it in the same CRS
GridAnswer ask_gdalwarp(const SourceOptions& source, const SourceImage& image,
                        const GridOptions& options);

/// x min, y min, x max, y max of a grid without rotation.
std::array<double, 4> corners_of(const TargetGrid& grid);

}  // namespace cogmill::crs
