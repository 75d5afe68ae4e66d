// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"

/// What says which pixels count. Planes of a call have one size; valid planes are of Byte, where 0
/// means no data.
namespace cogmill::kernels {

/// Sets the pixels to one value where they are not valid.   @param pixel as of fill
void fill_invalid(Plane plane, ConstPlane valid, const std::byte* pixel);

/// A pixel of `into` becomes valid where that of `one` is.
void unite_valid(ConstPlane one, Plane into);

/// Makes pixels invalid that alpha hides.
void hide_transparent(ConstPlane alpha, Plane valid);

/// Alpha to weights 0 .. 1.   @pre density is Float32
void to_density(ConstPlane alpha, Plane density);

/// Alpha as pixels of `to`, multiplied by a factor (alpha_factor, or 1): rounded and saturated as
/// by convert_plane, but none that shows a pixel becomes 0. Of one type it is copied.
void convert_alpha(ConstPlane from, Plane to, double factor);

/// Colours that are multiplied by alpha become no larger than it: kernels that overshoot, or pick
/// each band's pixel alone, do not know of it.   @pre one real type
void limit_to_alpha(ConstPlane alpha, Plane colour);

/// Masks and alpha of any type to Byte: 0 where they are 0 or NaN, which hides a pixel, else 255.
void find_visible(ConstPlane alpha, Plane valid);

/// Any value but 0 becomes opaque, 0 stays 0.
void validity_to_alpha(ConstPlane valid, Plane alpha);

}  // namespace cogmill::kernels
