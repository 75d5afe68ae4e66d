// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/repeats.hpp"

#include "kernels/unaligned.hpp"

#include <algorithm>

namespace cogmill::kernels {
namespace {

constexpr std::size_t kSamples = 2;  // one could lie in the part of a tile that has no data
constexpr std::size_t kSampleBytes = 8192;
constexpr std::uint64_t kScatter = 0x9E3779B97F4A7C15;  // an odd number with well mixed bits

}  // namespace

Repeats::Repeats() : four_(std::make_unique<Slots>()), eight_(std::make_unique<Slots>()) {}

RepeatShares Repeats::look(std::span<const std::byte> raw) {
  const std::size_t size = std::min(raw.size(), kSampleBytes);
  if (size < sizeof(std::uint64_t)) return {};
  const std::size_t positions = size - sizeof(std::uint64_t) + 1;
  // The upper half of the product tells the strings apart, its first bits are the slot.
  const auto seen = [](Slots& slots, std::uint64_t bytes) {
    const auto hash = static_cast<std::uint32_t>(bytes * kScatter >> 32);
    auto& slot = slots[hash >> (32 - kSlotBits)];
    const bool before = slot == hash;
    slot = hash;
    return before ? 1 : 0;
  };
  std::int64_t fours = 0, eights = 0;
  for (std::size_t s = 1; s <= kSamples; ++s) {
    four_->fill(0);
    eight_->fill(0);
    const std::byte* sample = raw.data() + (raw.size() - size) / (kSamples + 1) * s;
    for (std::size_t i = 0; i < positions; ++i) {
      const auto bytes = load<std::uint64_t>(sample + i);
      fours += seen(*four_, bytes << 32);
      eights += seen(*eight_, bytes);
    }
  }
  const auto all = static_cast<double>(kSamples * positions);
  return {static_cast<double>(fours) / all, static_cast<double>(eights) / all};
}

}  // namespace cogmill::kernels
