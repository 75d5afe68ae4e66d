// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/repeats.hpp"

#include "kernels/unaligned.hpp"

#include <algorithm>

namespace cogmill::kernels {
namespace {

constexpr std::size_t kSamples = 2;  // one could lie in the part of a tile that has no data
constexpr std::size_t kSampleBytes = 8192;

}  // namespace

RepeatShares Repeats::look(std::span<const std::byte> raw) {
  const std::size_t size = std::min(raw.size(), kSampleBytes);
  if (size < sizeof(std::uint64_t)) return {};
  const std::size_t positions = size - sizeof(std::uint64_t) + 1;
  std::int64_t fours = 0, eights = 0;
  for (std::size_t s = 1; s <= kSamples; ++s) {
    four_.forget();
    eight_.forget();
    const std::byte* sample = raw.data() + (raw.size() - size) / (kSamples + 1) * s;
    for (std::size_t i = 0; i < positions; ++i) {
      const auto bytes = load<std::uint64_t>(sample + i);
      fours += four_.count(bytes << 32);
      eights += eight_.count(bytes);
    }
  }
  const auto all = static_cast<double>(kSamples * positions);
  return {static_cast<double>(fours) / all, static_cast<double>(eights) / all};
}

}  // namespace cogmill::kernels
