// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/gdal_transformer.hpp"

#include <span>

namespace cogmill::crs {

/// Moves source positions to where the way to the output leads to the very places asked for. GDAL's
/// inverse of geolocation arrays loses its digits in metres: up to a cell of the arrays; its way
/// forward, between four points of the arrays, is exact. A position that does not get nearer stays.
/// Pure: neither the other points nor earlier calls matter.
/// @param asked in the output [px]   @param middle of the source [px]
/// @param turn 360 degrees in the output [px]; 0: it has none
/// @param found in the full-resolution source [px], NaN where there is none
void refine_positions(GdalTransformer& transformer, std::span<const kernels::PixelPoint> asked,
                      const kernels::PixelPoint& middle, double turn,
                      std::span<kernels::PixelPoint> found);

}  // namespace cogmill::crs
