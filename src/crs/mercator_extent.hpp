// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/source_image.hpp"
#include "src/crs/target_grid.hpp"

#include <array>
#include <optional>

namespace cogmill::crs {

/// What is left of a source in a Mercator projection that ends at mercator_world. As GDAL 3.8 and
/// later for sources in degrees and central meridian 0; here for all meridians, and for other
/// sources that hold a pole.
/// @return nothing if the CRS is no Mercator projection, or the source fits in
std::optional<std::array<double, 4>> mercator_extent(const SourceOptions& source,
                                                     const SourceImage& image,
                                                     const OGRSpatialReference& target);

}  // namespace cogmill::crs
