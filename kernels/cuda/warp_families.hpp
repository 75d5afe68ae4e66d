// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/warp/pixel_groups.hpp"

#include <cstdint>

/// The launches of warp_block, one for each family of kernels. Not for callers: use
/// kernels/cuda/warp.hpp.
namespace cogmill::kernels::cuda {

void warp_nearest(const warp::PixelGroup& group, Stream stream);
void warp_points(const warp::PixelGroup& group, Stream stream);
void warp_filters(const warp::PixelGroup& group, Stream stream);
void warp_means(const warp::PixelGroup& group, Stream stream);
void warp_picks(const warp::PixelGroup& group, Stream stream);
void warp_sums(const warp::PixelGroup& group, Stream stream);

/// Weights of a pixel that every GPU has room for beside its processors.
inline constexpr std::int64_t kMostFilterWeights = 6000;

}  // namespace cogmill::kernels::cuda
