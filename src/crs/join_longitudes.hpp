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

/// Refuses geolocation arrays that --transform-option GEOLOC_ARRAY names if their longitudes lie
/// across 180 degrees: they take the place of the image's own arrays, and cannot be joined.
/// @param arrays the file that the option names
/// @throws report::RuntimeError if they do
void refuse_apart(const SourceImage& image, const std::string& arrays);

}  // namespace cogmill::crs
