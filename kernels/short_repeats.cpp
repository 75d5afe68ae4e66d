// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/short_repeats.hpp"

#include "kernels/unaligned.hpp"

#include <algorithm>

namespace cogmill::kernels {
namespace {

constexpr std::size_t kSample = std::size_t{128} << 10;  // bytes, from the middle of the tile
constexpr std::uint64_t kScatter = 0x9E3779B97F4A7C15;   // an odd number with well mixed bits

}  // namespace

ShortRepeats::ShortRepeats() : four_(std::make_unique<Slots>()), six_(std::make_unique<Slots>()) {}

double ShortRepeats::share(std::span<const std::byte> raw) {
  const std::size_t size = std::min(raw.size(), kSample);
  if (size < sizeof(std::uint64_t)) return 0;
  const auto sample = raw.subspan((raw.size() - size) / 2, size);
  const std::size_t positions = size - sizeof(std::uint64_t) + 1;
  four_->fill(0);
  six_->fill(0);
  // The upper half of the product tells the strings apart, its first bits are the slot.
  const auto seen = [](Slots& slots, std::uint64_t bytes) {
    const auto hash = static_cast<std::uint32_t>(bytes * kScatter >> 32);
    auto& slot = slots[hash >> (32 - kSlotBits)];
    const bool before = slot == hash;
    slot = hash;
    return before ? 1 : 0;
  };
  std::int64_t fours = 0;
  std::int64_t sixes = 0;
  for (std::size_t i = 0; i < positions; ++i) {
    const auto bytes = load<std::uint64_t>(sample.data() + i);
    fours += seen(*four_, bytes << 32);
    sixes += seen(*six_, bytes << 16);
  }
  return static_cast<double>(fours - sixes) / static_cast<double>(positions);
}

}  // namespace cogmill::kernels
