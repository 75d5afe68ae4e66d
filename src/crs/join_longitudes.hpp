// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/source_image.hpp"

namespace cogmill::crs {

/// Brings ground control points, and the longitudes of geolocation arrays, side by side where they
/// lie across 180 degrees, and sets the image's middle if any lies beyond -180 to 180 degrees:
/// polynomials, splines and arrays know no turns. Those that go round the globe stay as they are.
/// @pre the image's dataset is a stand-in, or the file for geolocation arrays
void join_longitudes(SourceImage& image);

/// The same longitudes in a file that --transform-option GEOLOC_ARRAY names are refused: what
/// stands there takes the place of the image's own arrays.
/// @throws report::RuntimeError
void refuse_apart(const SourceImage& image, const std::string& arrays);

}  // namespace cogmill::crs
