// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

#include <cstdint>
#include <optional>

namespace cogmill::kernels::cuda {

/// kernels::remap_nodata for planes in device memory: the same pixels. src may be dst.
/// @param moved on the device, is increased by the number of valid pixels that were moved
/// @pre src and dst have one size and real types
void remap_nodata(ConstPlane src, const std::optional<Nodata>& from, Plane dst, const Nodata& to,
                  std::uint64_t* moved, Stream stream);

}  // namespace cogmill::kernels::cuda
