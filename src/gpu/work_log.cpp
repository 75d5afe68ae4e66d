// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/work_log.hpp"

#include <algorithm>

namespace cogmill::gpu {

void WorkLog::add(const std::vector<TimedWork>& pieces) {
  pieces_.insert(pieces_.end(), pieces.begin(), pieces.end());
}

WorkTotals WorkLog::totals() const {
  auto sorted = pieces_;
  std::ranges::sort(sorted, {}, &TimedWork::begin);
  WorkTotals totals = {};
  std::array<double, kWorkCount> counted = {};  // until when
  for (const TimedWork& piece : sorted) {
    const auto kind = static_cast<std::size_t>(piece.work);
    const double begin = std::max(piece.begin, counted[kind]);
    totals[kind].seconds += std::max(0.0, piece.end - begin);
    totals[kind].bytes += piece.bytes;
    counted[kind] = std::max(counted[kind], piece.end);
  }
  return totals;
}

void operator+=(WorkTotals& totals, const WorkTotals& more) {
  for (std::size_t i = 0; i < kWorkCount; ++i) {
    totals[i].seconds += more[i].seconds;
    totals[i].bytes += more[i].bytes;
  }
}

}  // namespace cogmill::gpu
