// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

namespace cogmill::kernels {

/// Sets dst to `to` wherever src is `from` (NaN: wherever it is NaN). src may be dst.
/// A value that no pixel of its type can have changes nothing.
/// @pre src and dst have one size and real types
void remap_nodata(ConstPlane src, const Nodata& from, Plane dst, const Nodata& to);

}  // namespace cogmill::kernels
