// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/deflate_effort.hpp"

#include "kernels/isal_deflate.hpp"

namespace cogmill::kernels {
namespace {

constexpr double kWorthwhileGain = 0.01;
constexpr double kMostlyRepeats = 0.8;  // of eight bytes: areas without data
constexpr double kVaried = 0.2;         // of four bytes that do not go on to eight
constexpr double kManyShortRepeats = 0.5;
constexpr std::size_t kShortRepeatBytes = std::size_t{64} << 10;

}  // namespace

DeflateEffort DeflateEffortProbe::choose(std::span<const std::byte> raw) {
  const auto longer_pays = [&] { return long_search_.gain(raw) > kWorthwhileGain; };
  if (!has_isal()) return longer_pays() ? DeflateEffort::kThorough : DeflateEffort::kShort;
  const RepeatShares shares = repeats_.look(raw);
  const bool empty = shares.eight > kMostlyRepeats;
  // Noise, beside areas that repeat or not: nobody finds more in it.
  if (!empty && shares.four - shares.eight < kVaried) return DeflateEffort::kQuick;
  if (longer_pays()) return DeflateEffort::kThorough;
  // In 16-bit measurements of little noise libdeflate finds more, but further back than a small
  // sample reaches.
  const bool is_short = empty || short_repeats_.share(raw, kShortRepeatBytes) > kManyShortRepeats;
  return is_short ? DeflateEffort::kShort : DeflateEffort::kQuick;
}

}  // namespace cogmill::kernels
