// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/seen_before.hpp"

#include <cstddef>
#include <span>

namespace cogmill::kernels {

/// Tells how much of a tile repeats in pieces of four and five bytes: as 16-bit measurements of
/// little noise do, where the best match is short and any match is as good as another.
class ShortRepeats {
 public:
  /// @param most bytes of the sample, from the middle of the tile
  /// @return share of the positions, in a sample of the tile, whose four bytes stood in the sample
  /// before, less the share whose six bytes did. Depends on the bytes alone.
  double share(std::span<const std::byte> raw, std::size_t most = std::size_t{128} << 10);

 private:
  SeenBefore<16> four_, six_;
};

}  // namespace cogmill::kernels
