// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libdeflate.h>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace cogmill::kernels {

/// Tells by small samples of a tile whether a longer search for matches would make it smaller.
/// Filtered measurements are mostly noise and gain nothing; class maps and terrain models do.
class EffortProbe {
 public:
  EffortProbe();

  /// @return how much larger the samples are after a short search than after a long one: 0.01 is
  /// 1 %. Depends on the bytes alone. Costs about 1 / 20 of compressing the tile.
  double gain(std::span<const std::byte> raw);

 private:
  struct Free {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
  };
  std::unique_ptr<libdeflate_compressor, Free> short_search_;
  std::unique_ptr<libdeflate_compressor, Free> long_search_;
  std::vector<std::byte> buffer_;
};

}  // namespace cogmill::kernels
