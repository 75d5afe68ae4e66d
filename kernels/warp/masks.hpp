// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cogmill::kernels::warp {

/// The bands of a call, with masks that speak of densities too: a pixel without density is
/// invalid. Bands with the same mask and density share the new one.
class MaskedBands {
 public:
  explicit MaskedBands(std::span<const WarpBand> bands);

  std::span<const WarpBand> bands() const { return bands_; }

 private:
  std::vector<WarpBand> bands_;
  std::vector<std::vector<std::uint8_t>> masks_;
};

/// What warp_block does where the source block is empty.
void set_all_invalid(std::span<const WarpBand> bands);

}  // namespace cogmill::kernels::warp
