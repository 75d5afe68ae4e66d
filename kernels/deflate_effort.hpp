// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/effort_probe.hpp"
#include "kernels/repeats.hpp"
#include "kernels/short_repeats.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cogmill::kernels {

/// How a tile is compressed where the user leaves it to us, quickest first.
enum class DeflateEffort : std::uint8_t {
  kQuick,     ///< ISA-L at level 2; only where it was built in
  kShort,     ///< libdeflate at level 1
  kThorough,  ///< libdeflate at level 6
};

/// Chooses by small samples of a tile, so that the bytes depend on the tile alone. The rule and the
/// measurements behind it: docs/codecs.md.
class DeflateEffortProbe {
 public:
  DeflateEffort choose(std::span<const std::byte> raw);

 private:
  Repeats repeats_;
  EffortProbe long_search_;
  ShortRepeats short_repeats_;
};

}  // namespace cogmill::kernels
