// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/seen_before.hpp"

#include <cstddef>
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
  /// Depends on the bytes alone. Costs a fiftieth of compressing half a megabyte.
  RepeatShares look(std::span<const std::byte> raw);

 private:
  SeenBefore<14> four_, eight_;
};

}  // namespace cogmill::kernels
