// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/deflate_effort.hpp"

#include "kernels/isal_deflate.hpp"

#include <algorithm>

namespace cogmill::kernels {
namespace {

constexpr double kWorthwhileGain = 0.01;
constexpr double kMostlyRepeats = 0.8;  // of eight bytes: areas without data
constexpr double kVaried = 0.2;         // of four bytes that do not go on to eight
constexpr double kManyShortRepeats = 0.5;
constexpr std::size_t kShortRepeatBytes = std::size_t{64} << 10;

}  // namespace

DeflateEffort DeflateEffortProbe::choose(std::span<const std::byte> raw) {
  const RepeatShares shares = repeats_.look(raw);
  const bool empty = shares.eight > kMostlyRepeats;
  // Noise, beside areas that repeat or not: nobody finds more in it.
  if (has_isal() && !empty && shares.four - shares.eight < kVaried) return DeflateEffort::kQuick;
  if (long_search_.gain(raw) > kWorthwhileGain) return DeflateEffort::kThorough;
  if (!has_isal() || empty) return DeflateEffort::kShort;
  // In 16-bit measurements of little noise libdeflate finds more, but further back than a small
  // sample reaches.
  const std::size_t size = std::min(raw.size(), kShortRepeatBytes);
  const auto middle = raw.subspan((raw.size() - size) / 2, size);
  return short_repeats_.share(middle) > kManyShortRepeats ? DeflateEffort::kShort
                                                          : DeflateEffort::kQuick;
}

}  // namespace cogmill::kernels
