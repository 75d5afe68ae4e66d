// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/set_all_invalid.hpp"

#include <algorithm>

namespace cogmill::kernels::warp {

void set_all_invalid(std::span<const WarpBand> bands) {
  for (const WarpBand& band : bands) {
    if (band.target_valid.data == nullptr) continue;
    const auto valid = band.target_valid.as<std::uint8_t>();
    for (std::int64_t r = 0; r < valid.height; ++r) std::fill_n(valid.row(r), valid.width, 0);
  }
}

}  // namespace cogmill::kernels::warp
