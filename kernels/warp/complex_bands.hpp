// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cogmill::kernels::warp {

/// @return the type of the real part of a complex type
constexpr DataType component_of(DataType complex) {
  switch (complex) {
    case DataType::kCInt16:
      return DataType::kInt16;
    case DataType::kCInt32:
      return DataType::kInt32;
    case DataType::kCFloat32:
      return DataType::kFloat32;
    default:
      return DataType::kFloat64;
  }
}

/// Complex bands as two real ones each, in planes of their own. Real bands stay what they are.
class SplitBands {
 public:
  explicit SplitBands(std::span<const WarpBand> bands);

  std::span<const WarpBand> bands() const { return split_; }
  /// Puts the valid pixels of the parts into the targets of the complex bands.
  void join() const;

 private:
  Plane add_plane(DataType type, std::int64_t width, std::int64_t height);
  void split(const WarpBand& band);

  std::span<const WarpBand> bands_;
  std::vector<WarpBand> split_;
  std::vector<std::vector<std::byte>> planes_;
};

}  // namespace cogmill::kernels::warp
