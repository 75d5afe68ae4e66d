// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cogmill::kernels::warp {

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
