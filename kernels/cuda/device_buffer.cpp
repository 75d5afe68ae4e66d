// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device_buffer.hpp"

#include "kernels/cuda/check.hpp"

namespace cogmill::kernels::cuda {

DeviceBuffer::~DeviceBuffer() { cudaFree(data_); }  // a destructor has nobody to tell

std::byte* DeviceBuffer::reserve(std::int64_t bytes) {
  if (bytes <= size_) return data_;
  check(cudaFree(data_), "free memory of the GPU");
  data_ = nullptr;
  size_ = 0;
  void* memory = nullptr;
  check(cudaMalloc(&memory, static_cast<std::size_t>(bytes)), "allocate memory of the GPU");
  data_ = static_cast<std::byte*>(memory);
  size_ = bytes;
  return data_;
}

void upload(std::span<const std::byte> from, std::byte* to, Stream stream) {
  if (from.empty()) return;
  // From pageable memory: the runtime has its own copy of `from` when the call returns.
  check(cudaMemcpyAsync(to, from.data(), from.size(), cudaMemcpyHostToDevice, stream),
        "copy to the GPU");
}

}  // namespace cogmill::kernels::cuda
