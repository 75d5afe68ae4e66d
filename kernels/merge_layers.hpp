// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"

#include <cstdint>

namespace cogmill::kernels {

/// What a pixel becomes where several images have one, in the order of their priority.
enum class MergeMethod : std::uint8_t {
  kLast /*later ones on top, as gdalwarp*/,
  kFirst,
  kMean,
  kMin,
  kMax
};
/// @return whether the pixel is that of one image, whatever the others have
constexpr bool takes_one(MergeMethod method) {
  return method == MergeMethod::kLast || method == MergeMethod::kFirst;
}

// How images that overlap become one. `layer` is the next image, `layer_valid` (Byte, 0: no data)
// says where it has pixels; `into` and `valid` are the result so far. NaN in a real float layer is
// no data. All planes of a call have one size, layer and into one type.

/// Takes the layer's pixels where there are none yet. Any type. @return how many
std::int64_t fill_gaps(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid);

/// Keeps the smaller pixel, or the larger. @pre a real type
void keep_smaller(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid);
void keep_larger(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid);

/// Adds the layer's pixels to sums and counts.   @pre a real type
void add_up(ConstPlane layer, ConstPlane layer_valid, PlaneView<double> sum,
            PlaneView<std::uint32_t> count);
/// Sums over counts, rounded half away from zero into the plane's type; valid where any count.
void divide_sums(PlaneView<const double> sum, PlaneView<const std::uint32_t> count, Plane into,
                 Plane valid);

}  // namespace cogmill::kernels
