// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/warp/pixel_groups.hpp"

/// The launches of warp_block, one for each family of kernels. Not for callers: use
/// kernels/cuda/warp.hpp.
namespace cogmill::kernels::cuda {

void warp_nearest(const warp::PixelGroup& group, Stream stream);
void warp_points(const warp::PixelGroup& group, Stream stream);

}  // namespace cogmill::kernels::cuda
