// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace cogmill::kernels {

/// A set of short byte strings that forgets some: of those that share a slot it knows the last.
template <int kSlotBits>
class SeenBefore {
 public:
  void forget() { slots_->fill(0); }

  /// Remembers the string.   @param bytes of it, in the upper part of the word
  /// @return 1 if it was remembered before, else 0
  int count(std::uint64_t bytes) {
    // The upper half of the product tells the strings apart, its first bits are the slot.
    constexpr std::uint64_t kScatter = 0x9E3779B97F4A7C15;  // an odd number with well mixed bits
    const auto hash = static_cast<std::uint32_t>(bytes * kScatter >> 32);
    auto& slot = (*slots_)[hash >> (32 - kSlotBits)];
    const bool before = slot == hash;
    slot = hash;
    return before ? 1 : 0;
  }

 private:
  using Slots = std::array<std::uint32_t, std::size_t{1} << kSlotBits>;
  std::unique_ptr<Slots> slots_ = std::make_unique<Slots>();
};

}  // namespace cogmill::kernels
