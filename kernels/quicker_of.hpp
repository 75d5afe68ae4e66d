// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace cogmill::kernels {

/// Chooses between two ways to the same result by how long they have taken: what comes out never
/// depends on it. One per thread.
class QuickerOf {
 public:
  /// @return 0 or 1. Each way is tried at first, and the slower one now and then, since the work
  /// may have changed.
  std::size_t next() {
    for (std::size_t way = 0; way < cost_.size(); ++way)
      if (cost_[way] < 0) return way;
    const std::size_t quicker = cost_[1] < cost_[0] ? 1 : 0;
    return ++round_ % kRetry == 0 ? 1 - quicker : quicker;
  }

  /// @param cost of one call, in any unit that compares: seconds per byte
  void took(std::size_t way, double cost) {
    double& mean = cost_[way];
    // A thread that was interrupted says nothing about the way.
    mean = mean < 0 ? cost : mean + kWeight * (std::min(cost, kMostJump * mean) - mean);
  }

 private:
  static constexpr std::uint64_t kRetry = 32;
  static constexpr double kWeight = 0.25;  // of the newest cost in the mean
  static constexpr double kMostJump = 2.0;

  std::array<double, 2> cost_ = {-1, -1};  ///< below 0: not tried
  std::uint64_t round_ = 0;
};

}  // namespace cogmill::kernels
