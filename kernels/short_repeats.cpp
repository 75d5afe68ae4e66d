// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/short_repeats.hpp"

#include "kernels/unaligned.hpp"

#include <algorithm>

namespace cogmill::kernels {

double ShortRepeats::share(std::span<const std::byte> raw, std::size_t most) {
  const std::size_t size = std::min(raw.size(), most);
  if (size < sizeof(std::uint64_t)) return 0;
  const auto sample = raw.subspan((raw.size() - size) / 2, size);
  const std::size_t positions = size - sizeof(std::uint64_t) + 1;
  four_.forget();
  six_.forget();
  std::int64_t fours = 0;
  std::int64_t sixes = 0;
  for (std::size_t i = 0; i < positions; ++i) {
    const auto bytes = load<std::uint64_t>(sample.data() + i);
    fours += four_.count(bytes << 32);
    sixes += six_.count(bytes << 16);
  }
  return static_cast<double>(fours - sixes) / static_cast<double>(positions);
}

}  // namespace cogmill::kernels
