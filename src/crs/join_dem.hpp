// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/source_image.hpp"

#include <string>

namespace cogmill::crs {

/// Counts the longitudes of an RPC scene in the turn in which a DEM in degrees counts its own: GDAL
/// looks heights up at longitudes as they come. Sets the image's middle where that is beyond -180
/// to 180 degrees. Nothing changes where neither lies beyond, or the DEM is not in degrees.
/// @pre the image is tied by RPC, and its dataset is a stand-in
/// @throws report::RuntimeError if a DEM round the globe ends inside the scene
void join_dem(SourceImage& image, const std::string& dem);

}  // namespace cogmill::crs
