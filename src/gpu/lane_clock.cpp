// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/lane_clock.hpp"

namespace cogmill::gpu {

void LaneClock::begin(Work work, Stream stream) {
  if (used_ == pieces_.size()) pieces_.push_back({make_timed_event(), make_timed_event(), work});
  pieces_[used_].work = work;
  record(pieces_[used_].begin, stream);
}

/// Only now does the piece count: one that failed half way has no end.
void LaneClock::end(Stream stream) {
  record(pieces_[used_].end, stream);
  ++used_;
}

WorkSeconds LaneClock::read() {
  WorkSeconds seconds = {};
  for (std::size_t i = 0; i < used_; ++i)
    seconds[static_cast<std::size_t>(pieces_[i].work)] +=
        milliseconds_between(pieces_[i].begin, pieces_[i].end) / 1000;
  used_ = 0;
  return seconds;
}

}  // namespace cogmill::gpu
