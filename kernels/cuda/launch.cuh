// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/check.hpp"
#include "kernels/cuda/stream.hpp"

#include <algorithm>
#include <cstdint>

/// How loops over pixels become kernels.
namespace cogmill::kernels::cuda {

inline constexpr int kThreadsPerBlock = 256;

/// One thread for each of `count` items, and turns where there are more than a grid holds.
template <class F>
__global__ void for_each_kernel(std::int64_t count, F f) {
  const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.x;
  for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += step)
    f(i);
}

template <class F>
void for_each(std::int64_t count, Stream stream, const char* doing, const F& f) {
  constexpr std::int64_t kMostBlocks = 1 << 20;
  if (count <= 0) return;
  const std::int64_t blocks = (count + kThreadsPerBlock - 1) / kThreadsPerBlock;
  for_each_kernel<<<static_cast<unsigned>(std::min(blocks, kMostBlocks)), kThreadsPerBlock, 0,
                    stream>>>(count, f);
  check_launch(doing);
}

/// Calls f(col, row) for each pixel of a rectangle, columns next to each other in a warp.
template <class F>
__global__ void for_each_pixel_kernel(std::int64_t width, std::int64_t height, F f) {
  const std::int64_t col = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (col >= width) return;
  const std::int64_t step = static_cast<std::int64_t>(gridDim.y) * blockDim.y;
  for (std::int64_t row = static_cast<std::int64_t>(blockIdx.y) * blockDim.y + threadIdx.y;
       row < height; row += step)
    f(col, row);
}

template <class F>
void for_each_pixel(std::int64_t width, std::int64_t height, Stream stream, const char* doing,
                    const F& f) {
  constexpr unsigned kAcross = 64, kDown = 4;
  constexpr std::int64_t kMostRows = 65535;  // blocks of a grid's second axis
  if (width <= 0 || height <= 0) return;
  const dim3 threads(kAcross, kDown);
  const dim3 blocks(
      static_cast<unsigned>((width + kAcross - 1) / kAcross),
      static_cast<unsigned>(std::min((height + kDown - 1) / std::int64_t{kDown}, kMostRows)));
  for_each_pixel_kernel<<<blocks, threads, 0, stream>>>(width, height, f);
  check_launch(doing);
}

}  // namespace cogmill::kernels::cuda
