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
/// @pre src and dst have one size and real types
std::int64_t remap_nodata(ConstPlane src, const std::optional<Nodata>& from, Plane dst,
                          const Nodata& to);

}  // namespace cogmill::kernels
