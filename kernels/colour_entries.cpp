// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/colour_entries.hpp"

#include <algorithm>

namespace cogmill::kernels {

ColourEntries::ColourEntries(std::span<const Colour> table, std::span<const std::int64_t> left_out)
    : table_(table.begin(), table.end()), is_colour_(table.size()) {
  for (std::size_t i = 0; i < table_.size(); ++i) {
    is_colour_[i] =
        table_[i][3] != 0 && std::ranges::count(left_out, static_cast<std::int64_t>(i)) == 0;
  }
  // Tables of 16 bits are filled up to 65536 entries with one colour, of which the first is found.
  search_end_ = table_.size();
  const auto adds_nothing = [&](std::size_t i) {
    return !is_colour_[i] || (i > 0 && is_colour_[i - 1] && table_[i] == table_[i - 1]);
  };
  while (search_end_ > 0 && adds_nothing(search_end_ - 1)) --search_end_;
}

std::int64_t ColourEntries::nearest(const Rgb& rgb) const {
  std::int64_t best = 0;
  int least = std::numeric_limits<int>::max();
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(search_end_); ++i) {
    if (!is_colour_[static_cast<std::size_t>(i)]) continue;
    const int here = distance(i, rgb);
    if (here >= least) continue;
    least = here;
    best = i;
  }
  return best;
}

}  // namespace cogmill::kernels
