// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace cogmill::kernels::cuda {

/// Memory of the device that lives with its owner and grows, never shrinks.
class DeviceBuffer {
 public:
  DeviceBuffer() = default;
  ~DeviceBuffer();
  DeviceBuffer(DeviceBuffer&& other) noexcept { swap(other); }
  DeviceBuffer& operator=(DeviceBuffer&& other) noexcept {
    swap(other);
    return *this;
  }

  /// Makes sure of `bytes`; what was there is lost if it grows, which waits for the device.
  /// @throws OutOfMemory
  std::byte* reserve(std::int64_t bytes);
  std::byte* data() const { return data_; }
  std::int64_t size() const { return size_; }

 private:
  void swap(DeviceBuffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }
  std::byte* data_ = nullptr;
  std::int64_t size_ = 0;
};

/// Copies `from`, which may die when this returns, to the device, in the stream's order.
void upload(std::span<const std::byte> from, std::byte* to, Stream stream);

}  // namespace cogmill::kernels::cuda
