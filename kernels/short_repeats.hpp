// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace cogmill::kernels {

/// Tells how much of a tile repeats in pieces of four and five bytes: as 16-bit measurements of
/// little noise do, where the best match is short and any match is as good as another.
class ShortRepeats {
 public:
  ShortRepeats();

  /// @return share of the positions, in a sample of the tile, whose four bytes stood in the sample
  /// before, less the share whose six bytes did. Depends on the bytes alone.
  double share(std::span<const std::byte> raw);

 private:
  static constexpr int kSlotBits = 16;
  using Slots = std::array<std::uint32_t, std::size_t{1} << kSlotBits>;

  std::unique_ptr<Slots> four_, six_;  ///< what was seen last, by hash
};

}  // namespace cogmill::kernels
