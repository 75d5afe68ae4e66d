// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/plane.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cogmill::kernels {

/// Planes of one size one behind the other, rows without gaps: the same on host and device, so that
/// a block goes from one to the other in one copy.
class PlaneLayout {
 public:
  static constexpr std::size_t kAlignment = 256;  ///< of each plane: what a GPU reads at once

  PlaneLayout(std::int64_t width, std::int64_t height, std::span<const DataType> types)
      : width_(width), height_(height), types_(types) {
    for (const DataType type : types) {
      begins_.push_back(bytes_);
      const auto plane = static_cast<std::size_t>(width * height * size_bytes(type));
      bytes_ += (plane + kAlignment - 1) / kAlignment * kAlignment;
    }
  }
  std::size_t bytes() const { return bytes_; }

  /// The planes in memory of bytes() bytes that begins at `first`.
  std::vector<Plane> planes(std::byte* first) const {
    std::vector<Plane> planes;
    for (std::size_t i = 0; i < types_.size(); ++i)
      planes.push_back({first + begins_[i], types_[i], width_, height_, width_});
    return planes;
  }

 private:
  std::int64_t width_, height_;  // [px]
  std::span<const DataType> types_;
  std::vector<std::size_t> begins_;
  std::size_t bytes_ = 0;
};

}  // namespace cogmill::kernels
