// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"

#include <cstdint>
#include <span>

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

/// kLast and kFirst take the layer's pixels where there are none yet, kMin and kMax the smaller or
/// larger ones.
/// @throws std::invalid_argument for kMean, and to compare complex pixels
void merge_layer(MergeMethod method, ConstPlane layer, ConstPlane layer_valid, Plane into,
                 Plane valid);

/// For kMean: adds the layer's pixels to sums (Float64) and counts (UInt32).   @pre a real type
void add_up(ConstPlane layer, ConstPlane layer_valid, Plane sum, Plane count);
/// Sums over counts, rounded half away from zero into the plane's type; valid where any count.
void divide_sums(ConstPlane sum, ConstPlane count, Plane into, Plane valid);

/// Pixels of a plane, [col, col_end) x [row, row_end).
struct PixelBounds {
  std::int64_t col = 0, row = 0, col_end = 0, row_end = 0;
  friend bool operator==(const PixelBounds&, const PixelBounds&) = default;
};
/// @return the smallest bounds of all pixels that are not valid in any one of the planes; empty
/// where all are   @pre the planes have one size
PixelBounds find_gaps(std::span<const Plane> valid);

}  // namespace cogmill::kernels
