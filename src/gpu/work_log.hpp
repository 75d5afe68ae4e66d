// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::gpu {

/// What a device does.
enum class Work : std::uint8_t { kToDevice, kCompute, kFromDevice };
inline constexpr std::size_t kWorkCount = 3;

/// A piece of work on one stream: seconds since some moment, and bytes copied.
struct TimedWork {
  Work work = Work::kCompute;
  double begin = 0, end = 0;
  std::int64_t bytes = 0;
};

/// Work of one kind: how long at least one stream was at it, and bytes copied.
struct WorkTotal {
  double seconds = 0;
  std::int64_t bytes = 0;
};
using WorkTotals = std::array<WorkTotal, kWorkCount>;

/// Pieces of work of many streams. Where streams wait for each other, as copies do for the one
/// engine that makes them, time counts once.
class WorkLog {
 public:
  void add(const std::vector<TimedWork>& pieces);
  WorkTotals totals() const;

 private:
  std::vector<TimedWork> pieces_;
};

void operator+=(WorkTotals& totals, const WorkTotals& more);

}  // namespace cogmill::gpu
