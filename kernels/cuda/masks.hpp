// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

/// What says which pixels count, before and after a warp. All planes and counters are in device
/// memory; all calls are asynchronous on their stream. Planes of a call have one size.
namespace cogmill::kernels::cuda {

/// kernels::fill.   @param pixel size_bytes(plane.type) bytes of host memory, read at once
void fill(Plane plane, const std::byte* pixel, Stream stream);

/// kernels::invalidate_nodata.
void invalidate_nodata(ConstPlane pixels, const Nodata& nodata, Plane valid, Stream stream);

/// kernels::finish_nodata.
/// @param moved is increased by the number of valid pixels that were moved; nullptr: not counted
void finish_nodata(Plane pixels, ConstPlane valid, const std::optional<Nodata>& nodata,
                   std::uint64_t* moved, Stream stream);

// As the functions of kernels/masks.hpp.
void fill_invalid(Plane plane, ConstPlane valid, const std::byte* pixel, Stream stream);
void unite_valid(ConstPlane one, Plane into, Stream stream);
void hide_transparent(ConstPlane alpha, Plane valid, Stream stream);
void to_density(ConstPlane alpha, Plane density, Stream stream);
void convert_alpha(ConstPlane from, Plane to, double factor, Stream stream);
void limit_to_alpha(ConstPlane alpha, Plane colour, Stream stream);
void find_visible(ConstPlane alpha, Plane valid, Stream stream);
void validity_to_alpha(ConstPlane valid, Plane alpha, Stream stream);

}  // namespace cogmill::kernels::cuda
