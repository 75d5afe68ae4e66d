// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/colour_entries.hpp"
#include "kernels/plane.hpp"

#include <array>

namespace cogmill::kernels {

/// Pixels that are numbers of colours, taken apart: planes of Byte and one shape.
struct ColourPlanes {
  std::array<Plane, 3> rgb;
  Plane valid;  ///< 255: a colour; 0: no data, a clear entry, or a number that is no entry
};

/// What a band's numbers stand for, before they are resampled and after it.
struct ColourTables {
  ColourEntries read;    ///< those that count
  ColourEntries stored;  ///< those that a resampled pixel may become
};

/// Looks up the colours of real pixels.
/// @param valid Byte, where there is data; data == nullptr: everywhere
void split_colours(const ColourTables& tables, ConstPlane numbers, ConstPlane valid,
                   const ColourPlanes& colours);

/// Stores resampled colours as numbers of the nearest entries. Of entries that are equally near it
/// is the one that the pixel is already, else the first: so an area of one number keeps it,
/// whatever else has its colour. Where no colour is valid, numbers stay that are none.
/// @param numbers, valid one of the source pixels under each pixel, and where there is any: they
/// become the result
void join_colours(const ColourTables& tables, const ColourPlanes& colours, Plane numbers,
                  Plane valid);

}  // namespace cogmill::kernels
