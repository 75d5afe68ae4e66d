// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "partition/window.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace cogmill::io {

/// Planes of one window, in memory that is kept for the next window: touching fresh memory costs
/// more than decoding into it. Contents are undefined after reset().
class PixelBlock {
 public:
  /// One plane per type, all of the window's size.
  void reset(const partition::Window& window, std::span<const kernels::DataType> types);

  const partition::Window& window() const { return window_; }
  std::size_t planes() const { return planes_.size(); }
  const kernels::Plane& plane(std::size_t i) const { return planes_[i]; }
  std::span<const kernels::Plane> all() const { return planes_; }
  std::span<std::byte> bytes() const { return bytes_; }  ///< all planes, as PlaneLayout has them

 private:
  partition::Window window_;
  std::vector<kernels::Plane> planes_;
  std::span<std::byte> bytes_;
  std::unique_ptr<std::byte[]> memory_;
  std::size_t capacity_ = 0;
};

}  // namespace cogmill::io
