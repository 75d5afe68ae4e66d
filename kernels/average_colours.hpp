// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/colour_entries.hpp"
#include "kernels/overview.hpp"

#include <span>

namespace cogmill::kernels {

/// The average of a plane whose pixels are numbers of colours: fills `dst` with the numbers of
/// those entries of the table that are nearest to the average colour of the pixels below, as GDAL
/// does (the first of several; entries of alpha 0 are no colours, and the nodata value is no
/// entry). One value below is that value, whatever its colour. Pixels that are not in the table, or
/// clear, count only where there are no others.
/// @pre as of reduce_overview with kAverage, and src is real
void average_colours(const OverviewGeometry& geometry, ConstPlane src, const Validity& validity,
                     std::span<const Colour> table, Plane dst);

}  // namespace cogmill::kernels
