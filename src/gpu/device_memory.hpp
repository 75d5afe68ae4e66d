// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane_layout.hpp"
#include "partition/window.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cogmill::gpu {

/// The part of a device's memory that this rank may use. Thread-safe. Outlives its buffers.
class DeviceMemory {
 public:
  /// @param limit [bytes]
  explicit DeviceMemory(std::int64_t limit) : limit_(limit) {}

  std::int64_t limit() const { return limit_; }
  std::int64_t peak() const { return peak_; }  ///< most bytes ever in use

  /// @throws kernels::cuda::OutOfMemory beyond the limit too
  std::byte* take(std::size_t bytes);
  void give_back(std::byte* memory, std::size_t bytes) noexcept;

 private:
  const std::int64_t limit_;
  std::atomic<std::int64_t> used_ = 0, peak_ = 0;
};

/// Memory on the device that is kept for the next use: it grows, and never shrinks by itself.
class DeviceBuffer {
 public:
  explicit DeviceBuffer(DeviceMemory& memory) : memory_(&memory) {}
  ~DeviceBuffer() { release(); }
  DeviceBuffer(DeviceBuffer&& other) noexcept;
  DeviceBuffer& operator=(DeviceBuffer&&) = delete;

  /// At least so many bytes; what was in it is lost if it grows.
  /// @pre no stream uses it any more   @throws kernels::cuda::OutOfMemory
  std::byte* reserve(std::size_t bytes);
  void release() noexcept;
  std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  DeviceMemory* memory_;
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Planes of one window on the device: io::PixelBlock's twin, with its layout.
class DeviceBlock {
 public:
  explicit DeviceBlock(DeviceMemory& memory) : buffer_(memory) {}

  /// One plane per type, all of the window's size; what is in them is undefined.
  void reset(const partition::Window& window, std::span<const kernels::DataType> types);
  void release() noexcept;

  const partition::Window& window() const { return window_; }
  std::size_t planes() const { return planes_.size(); }
  const kernels::Plane& plane(std::size_t i) const { return planes_[i]; }
  std::span<const kernels::Plane> all() const { return planes_; }
  std::span<std::byte> bytes() const { return {buffer_.data(), bytes_}; }

 private:
  partition::Window window_;
  std::vector<kernels::Plane> planes_;
  DeviceBuffer buffer_;
  std::size_t bytes_ = 0;
};

}  // namespace cogmill::gpu
