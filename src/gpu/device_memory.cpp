// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/device_memory.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

#include <utility>

namespace cogmill::gpu {

using kernels::cuda::check;

std::byte* DeviceMemory::take(std::size_t bytes) {
  const auto wanted = static_cast<std::int64_t>(bytes);
  const std::int64_t now = used_ += wanted;
  void* memory = nullptr;
  try {
    check(now > limit_ ? cudaErrorMemoryAllocation : cudaMalloc(&memory, bytes),
          "take memory of the GPU");
  } catch (...) {
    used_ -= wanted;
    throw;
  }
  for (std::int64_t seen = peak_; now > seen && !peak_.compare_exchange_weak(seen, now);) {
  }
  return static_cast<std::byte*>(memory);
}

void DeviceMemory::give_back(std::byte* memory, std::size_t bytes) noexcept {
  if (memory == nullptr) return;
  (void)cudaFree(memory);  // it fails only where the context is broken, which others report
  used_ -= static_cast<std::int64_t>(bytes);
}

DeviceBuffer::DeviceBuffer(DeviceBuffer&& other) noexcept
    : memory_(other.memory_),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

std::byte* DeviceBuffer::reserve(std::size_t bytes) {
  if (bytes <= size_) return data_;
  release();  // give back before taking more
  data_ = memory_->take(bytes);
  size_ = bytes;
  return data_;
}

void DeviceBuffer::release() noexcept {
  memory_->give_back(data_, size_);
  data_ = nullptr;
  size_ = 0;
}

void DeviceBlock::reset(const partition::Window& window, std::span<const kernels::DataType> types) {
  const kernels::PlaneLayout layout(window.width, window.height, types);
  window_ = window;
  bytes_ = layout.bytes();
  planes_ = layout.planes(buffer_.reserve(bytes_));
}

void DeviceBlock::release() noexcept {
  planes_.clear();
  bytes_ = 0;
  buffer_.release();
}

}  // namespace cogmill::gpu
