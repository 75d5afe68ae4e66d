// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/unpack_blocks.hpp"
#include "kernels/cuda/unpack_jobs.hpp"

#include <algorithm>

namespace cogmill::kernels::cuda {
namespace {

constexpr unsigned kWarps = 8;  // of a block of threads, a row each
constexpr unsigned kAllLanes = 0xFFFFFFFF;

template <class T>
__device__ T shuffle_up(T value, unsigned by) {
  if constexpr (sizeof(T) == 8)
    return __shfl_up_sync(kAllLanes, static_cast<unsigned long long>(value), by);
  else
    return static_cast<T>(__shfl_up_sync(kAllLanes, static_cast<unsigned>(value), by));
}

template <class T>
__device__ T of_last_lane(T value) {
  constexpr int kLast = kLanesOfWarp - 1;
  if constexpr (sizeof(T) == 8)
    return __shfl_sync(kAllLanes, static_cast<unsigned long long>(value), kLast);
  else
    return static_cast<T>(__shfl_sync(kAllLanes, static_cast<unsigned>(value), kLast));
}

/// @return the sum of this lane's value and those of the lanes before it
template <Predictor P, class T>
__device__ T sum_of_lanes(T value, unsigned lane) {
  for (unsigned by = 1; by < kLanesOfWarp; by *= 2) {
    const T before = shuffle_up(value, by);
    if (lane >= by) value = sum_of<P>(value, before);
  }
  return value;
}

/// @return what each plane of bytes of each sample begins with
template <class T, unsigned S, bool Packed>
__device__ void begin_planes(const UnpackJob& job, const std::byte* bytes, unsigned lane,
                             T (&carry)[S]) {
  constexpr auto P = Predictor::kFloatingPoint;
  constexpr std::int64_t kPixels = LanePixels<T, S>::kPixels;
  for (std::int64_t x = lane * kPixels; x < job.columns; x += kLanesOfWarp * kPixels) {
    auto pixels = read_pixels<T, S, P, Packed>(job, bytes, x);
    sum_up<P>(pixels);
    for (unsigned s = 0; s < S; ++s) carry[s] = sum_of<P>(carry[s], total_of(pixels, s));
  }
  for (unsigned s = 0; s < S; ++s)
    carry[s] = sums_before_planes(of_last_lane(sum_of_lanes<P>(carry[s], lane)));
}

/// One row of one window by one warp.
template <class T, unsigned S, Predictor P, bool Packed>
__device__ void unpack_row(const UnpackJob& job, const BlockPart& part, std::int64_t row,
                           unsigned lane) {
  constexpr std::int64_t kPixels = LanePixels<T, S>::kPixels;
  const std::byte* bytes = row_of<T>(job, part, row);
  T carry[S] = {};
  if constexpr (P == Predictor::kFloatingPoint) begin_planes<T, S, Packed>(job, bytes, lane, carry);
  for (std::int64_t first = first_column<T, S, P>(part); first < part.col + part.width;
       first += kLanesOfWarp * kPixels) {
    const std::int64_t x = first + lane * kPixels;
    auto pixels = read_pixels<T, S, P, Packed>(job, bytes, x);
    if constexpr (P != Predictor::kNone) {
      sum_up<P>(pixels);
      for (unsigned s = 0; s < S; ++s) {
        const T through = sum_of_lanes<P>(total_of(pixels, s), lane);
        const T before = shuffle_up(through, 1);
        add_before<P>(pixels, s, lane == 0 ? carry[s] : sum_of<P>(before, carry[s]));
        carry[s] = sum_of<P>(carry[s], of_last_lane(through));
      }
    }
    write_pixels(job, part, row, x, pixels);
  }
}

template <class T, unsigned S, Predictor P, bool Packed>
__global__ void __launch_bounds__(kWarps* kLanesOfWarp)
    unpack_kernel(const __grid_constant__ UnpackJob job) {
  for (std::int64_t i = blockIdx.y; i < job.count; i += gridDim.y) {
    const BlockPart part = job.parts[i];
    for (std::int64_t row = std::int64_t{blockIdx.x} * kWarps + threadIdx.y; row < part.height;
         row += std::int64_t{gridDim.x} * kWarps)
      unpack_row<T, S, P, Packed>(job, part, row, threadIdx.x);
  }
}

}  // namespace

void unpack_blocks(const std::byte* raw, const BlockPart* parts, std::int64_t count,
                   const BlockLayout& layout, std::span<const int> samples,
                   std::span<const Plane> planes, Stream stream) {
  check_layout(layout);
  if (count <= 0 || planes.empty() || layout.rows <= 0) return;
  const UnpackJob job{raw, parts, count};
  const dim3 threads(kLanesOfWarp, kWarps);
  const dim3 blocks(static_cast<unsigned>((layout.rows + kWarps - 1) / std::int64_t{kWarps}),
                    static_cast<unsigned>(std::min(count, std::int64_t{65535})));
  for (const UnpackLaunch& launch : unpack_launches(job, layout, samples, planes))
    visit_unpack(launch, layout, [&]<class T, unsigned S, Predictor P, bool Packed>() {
      unpack_kernel<T, S, P, Packed><<<blocks, threads, 0, stream>>>(launch.job);
      check_launch("unpack blocks on the GPU");
    });
}

}  // namespace cogmill::kernels::cuda
