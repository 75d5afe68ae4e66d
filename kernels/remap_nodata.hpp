// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

#include <cstdint>
#include <optional>

namespace cogmill::kernels {

/// Sets dst to `to` wherever src is without data: where it matches `from`, or is NaN. Where dst has
/// that value although src is data, it takes the next one. src may be dst. A `to` that no pixel of
/// dst can have changes nothing.   @return how many valid pixels were moved
/// A complex pixel is what its real part is; without data it has no imaginary part.
/// @pre src and dst have one size, and real types or one complex type
std::int64_t remap_nodata(ConstPlane src, const std::optional<Nodata>& from, Plane dst,
                          const Nodata& to);

}  // namespace cogmill::kernels
