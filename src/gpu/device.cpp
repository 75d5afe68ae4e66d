// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/device.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <utility>

namespace cogmill::gpu {
namespace {

using kernels::cuda::check;

/// What is left to others: contexts of other processes, and what our own kernels take for stacks.
constexpr std::int64_t kReserve = std::int64_t{512} << 20;

std::int64_t share_of_free(int sharers) {
  std::size_t free = 0, total = 0;
  check(cudaMemGetInfo(&free, &total), "ask how much memory of the GPU is free");
  const auto bytes = static_cast<std::int64_t>(free);
  return std::max(bytes - std::max(kReserve, bytes / 20), bytes / 2) / sharers;
}

}  // namespace

Device::Device(DeviceInfo info, std::optional<std::int64_t> limit, int sharers)
    : info_(std::move(info)) {
  check(cudaInitDevice(info_.ordinal, 0, 0), "start the GPU");
  use();
  memory_.emplace(limit ? *limit : share_of_free(sharers));
}

void Device::shut_down() {
  use();
  check(cudaDeviceReset(), "end the GPU's work");
}

void Device::use() const { check(cudaSetDevice(info_.ordinal), "choose the GPU"); }

}  // namespace cogmill::gpu
