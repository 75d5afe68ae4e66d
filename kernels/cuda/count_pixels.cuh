// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/launch.cuh"

#include <algorithm>
#include <cstdint>

namespace cogmill::kernels::cuda {

/// Adds up what the threads of a warp have counted.   @param total nullptr: nobody asks
__device__ inline void add_counts(unsigned long long count, unsigned long long* total) {
  constexpr int kWarpSize = 32;
  for (int lanes = kWarpSize / 2; lanes > 0; lanes /= 2)
    count += __shfl_down_sync(0xFFFFFFFFU, count, static_cast<unsigned>(lanes));
  if (total != nullptr && count > 0 && threadIdx.x % kWarpSize == 0) atomicAdd(total, count);
}

inline constexpr int kCountAcross = 64, kCountDown = 4;

template <class Pixel>
__global__ void count_kernel(std::int64_t width, std::int64_t height, const Pixel pixel,
                             unsigned long long* total) {
  const std::int64_t col = static_cast<std::int64_t>(blockIdx.x) * kCountAcross + threadIdx.x;
  const std::int64_t step = static_cast<std::int64_t>(gridDim.y) * kCountDown;
  unsigned long long count = 0;
  for (std::int64_t row = static_cast<std::int64_t>(blockIdx.y) * kCountDown + threadIdx.y;
       col < width && row < height; row += step)
    count += pixel(col, row);
  add_counts(count, total);
}

/// Calls pixel(col, row) for all, and counts how often it says true.
template <class Pixel>
void count_pixels(std::int64_t width, std::int64_t height, Stream stream, const char* doing,
                  std::uint64_t* total, const Pixel& pixel) {
  constexpr std::int64_t kMostRows = 4096;  // of blocks: each thread counts several rows
  const auto blocks = [](std::int64_t size, std::int64_t block) {
    return (size + block - 1) / block;
  };
  if (width <= 0 || height <= 0) return;
  const dim3 grid(static_cast<unsigned>(blocks(width, kCountAcross)),
                  static_cast<unsigned>(std::min(blocks(height, kCountDown), kMostRows)));
  count_kernel<<<grid, dim3(kCountAcross, kCountDown), 0, stream>>>(
      width, height, pixel, reinterpret_cast<unsigned long long*>(total));
  check_launch(doing);
}

}  // namespace cogmill::kernels::cuda
