// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "partition/rank_ranges.hpp"

#include <cstddef>

namespace cogmill::partition {

std::vector<std::int64_t> split_by_cost(std::span<const std::int64_t> costs, int ranks) {
  const auto chunks = static_cast<std::int64_t>(costs.size());
  // Long double keeps 64-bit sums exact; every chunk counts at least a little, so that an image of
  // free chunks is still shared out.
  const auto cost = [&](std::int64_t i) {
    return static_cast<long double>(costs[static_cast<std::size_t>(i)]) + 1;
  };
  long double total = 0;
  for (std::int64_t i = 0; i < chunks; ++i) total += cost(i);
  std::vector<std::int64_t> bounds{0};
  long double sum = 0;
  std::int64_t chunk = 0;
  for (int r = 1; r < ranks; ++r) {
    const long double goal = total * r / ranks;
    // A chunk goes to the rank in whose share its middle lies.
    while (chunk < chunks && sum + cost(chunk) / 2 <= goal) sum += cost(chunk++);
    bounds.push_back(chunk);
  }
  bounds.push_back(chunks);
  return bounds;
}

}  // namespace cogmill::partition
