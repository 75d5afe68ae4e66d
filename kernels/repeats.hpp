// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace cogmill::kernels {

/// Of the positions in two samples of a tile, the shares whose next four and next eight bytes stood
/// in the sample before. Noise repeats nothing, or a few bytes by chance; areas without data repeat
/// all; between the two lie images with something to find.
struct RepeatShares {
  double four = 0, eight = 0;  ///< 0 .. 1
};

class Repeats {
 public:
  Repeats();

  /// Depends on the bytes alone. Costs a fiftieth of compressing half a megabyte.
  RepeatShares look(std::span<const std::byte> raw);

 private:
  static constexpr int kSlotBits = 14;
  using Slots = std::array<std::uint32_t, std::size_t{1} << kSlotBits>;

  std::unique_ptr<Slots> four_, eight_;  ///< what was seen last, by hash
};

}  // namespace cogmill::kernels
