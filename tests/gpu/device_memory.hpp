// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/check.hpp"
#include "kernels/plane.hpp"

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

namespace cogmill::testing_support {

/// Bytes on the device, as many as the host's, with guards on both sides.
class DeviceBytes {
 public:
  explicit DeviceBytes(std::span<const std::byte> host) : size_(host.size()) {
    std::vector<std::byte> all(size_ + 2 * kGuard, kMark);
    if (size_ > 0) std::memcpy(all.data() + kGuard, host.data(), size_);
    kernels::cuda::check(cudaMalloc(&memory_, all.size()), "allocate for a test");
    kernels::cuda::check(cudaMemcpy(memory_, all.data(), all.size(), cudaMemcpyHostToDevice),
                         "copy for a test");
  }
  ~DeviceBytes() { cudaFree(memory_); }
  DeviceBytes(const DeviceBytes&) = delete;
  DeviceBytes& operator=(const DeviceBytes&) = delete;

  std::byte* data() const { return static_cast<std::byte*>(memory_) + kGuard; }

  /// Waits for the device. @throws CudaError if a kernel failed
  std::vector<std::byte> read() const {
    kernels::cuda::check(cudaDeviceSynchronize(), "wait for a test");
    std::vector<std::byte> host(size_);
    kernels::cuda::check(cudaMemcpy(host.data(), data(), size_, cudaMemcpyDeviceToHost),
                         "copy back for a test");
    return host;
  }
  /// @return whether nobody wrote beside the bytes
  bool guards_intact() const {
    std::vector<std::byte> all(size_ + 2 * kGuard);
    kernels::cuda::check(cudaMemcpy(all.data(), memory_, all.size(), cudaMemcpyDeviceToHost),
                         "copy back for a test");
    for (std::size_t i = 0; i < kGuard; ++i)
      if (all[i] != kMark || all[all.size() - 1 - i] != kMark) return false;
    return true;
  }

 private:
  static constexpr std::size_t kGuard = 256;
  static constexpr std::byte kMark{0xA5};
  std::size_t size_;
  void* memory_ = nullptr;
};

/// A plane of the shape of `plane` in other memory.   @param first its first pixel there
inline kernels::Plane moved(const kernels::ConstPlane& plane, std::byte* first) {
  return {first, plane.type, plane.width, plane.height, plane.stride};
}

}  // namespace cogmill::testing_support
