// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "partition/window.hpp"

#include <cstddef>
#include <span>

namespace cogmill::io {

/// Pixels of a validity mask, as Source hands it out for kMaskBand.
inline constexpr std::byte kValid{255};
inline constexpr std::byte kInvalid{0};

/// @return the part of a window's plane that `part` of the raster falls on
/// @pre the plane has the window's size, and the part lies inside the window
inline kernels::Plane crop(const kernels::Plane& plane, const partition::Window& window,
                           const partition::Window& part) {
  return plane.crop(part.col - window.col, part.row - window.row, part.width, part.height);
}

/// Pixels of `in` that are 0 or NaN become kInvalid, the others kValid.
/// @pre the planes have one size; `out` is Byte, and may be `in`
void to_validity(kernels::ConstPlane in, kernels::Plane out);

/// Makes the pixels of a damaged block invalid in the masks of a window. To be called once the
/// masks are there: reading them later would undo it.
/// @param block may reach beyond the window
void hide_block(const partition::Window& block, const partition::Window& window,
                std::span<const kernels::Plane> masks);

}  // namespace cogmill::io
