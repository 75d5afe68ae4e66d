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

}  // namespace cogmill::crs
