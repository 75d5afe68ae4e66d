// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_map.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/warp/warp.hpp"

#include <cstdint>
#include <span>

namespace cogmill::kernels::cuda {

/// @return whether warp_block takes the method and bands of these source types. It does not
/// resample complex pixels (kNearest moves them), looks into at most 96 different masks for
/// CentreRule::kAnyBand, and has no room for kernels of some thousand samples across.   @param
/// types one for each band
bool can_warp(const WarpKernel& kernel, std::span<const DataType> types);

/// kernels::warp_block for planes in device memory, any number of bands: the same bits but for
///   - what NaN is made of where it was computed,
///   - which of -0 and 0, or of several NaN, a quantile picks,
///   - kLanczos, whose sines are the device's: values before rounding differ by some 1e-14 of the
///     largest sample under the kernel, over what is left of the kernel's weights beside holes.
/// Asynchronous on `stream`: planes and map have to live until it has come that far. `bands` need
/// not.
/// @pre the map was uploaded on `stream`, or is known to have arrived
/// @throws std::invalid_argument as kernels::warp_block, and where can_warp says no
void warp_block(const WarpKernel& kernel, const WarpSourceGeometry& geometry, const DeviceMap& map,
                std::int64_t col, std::int64_t row, std::span<const WarpBand> bands, Stream stream);

}  // namespace cogmill::kernels::cuda
