// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/warp_work.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

namespace cogmill::gpu {

using kernels::cuda::check;

std::uint64_t* WarpWork::moved_counter(Stream stream) {
  if (moved_.data() == nullptr)
    check(cudaMemsetAsync(moved_.reserve(sizeof(std::uint64_t)), 0, sizeof(std::uint64_t), stream),
          "begin to count pixels on the GPU");
  return reinterpret_cast<std::uint64_t*>(moved_.data());
}

std::int64_t WarpWork::take_moved(Stream stream) {
  if (moved_.data() == nullptr) return 0;
  std::uint64_t count = 0;
  check(cudaMemcpyAsync(&count, moved_.data(), sizeof count, cudaMemcpyDeviceToHost, stream),
        "read a count from the GPU");
  check(cudaMemsetAsync(moved_.data(), 0, sizeof count, stream), "count pixels on the GPU");
  check(cudaStreamSynchronize(stream), "wait for a count of the GPU");
  return static_cast<std::int64_t>(count);
}

}  // namespace cogmill::gpu
