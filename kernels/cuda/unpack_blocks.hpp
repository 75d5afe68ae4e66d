// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/block_part.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/plane.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cogmill::kernels::cuda {

/// kernels::swap_bytes, kernels::undo_predictor (of complex pixels: their components) and
/// kernels::unpack_tile for many raw blocks at once. `raw` stays as it is.
/// @param raw decompressed blocks, in device memory   @param parts device memory, `count` of them
/// @param samples planes[i] receives sample samples[i] of every part's window
/// @pre offsets are multiples of an element's size (16: faster); windows lie inside their blocks
/// and
///      their places inside the planes, which have the layout's type and one size; windows do not
///      meet in the planes
/// @throws std::invalid_argument where the predictor does not suit the type
void unpack_blocks(const std::byte* raw, const BlockPart* parts, std::int64_t count,
                   const BlockLayout& layout, std::span<const int> samples,
                   std::span<const Plane> planes, Stream stream);

}  // namespace cogmill::kernels::cuda
