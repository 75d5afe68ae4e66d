// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/lane_clock.hpp"

namespace cogmill::gpu {

void LaneClock::begin(Work work, Stream stream, std::int64_t bytes) {
  if (used_ == pieces_.size()) pieces_.push_back({make_timed_event(), make_timed_event()});
  pieces_[used_].work = work;
  pieces_[used_].bytes = bytes;
  record(pieces_[used_].begin, stream);
}

/// Only now does the piece count: one that failed half way has no end.
void LaneClock::end(Stream stream) {
  record(pieces_[used_].end, stream);
  ++used_;
}

std::vector<TimedWork> LaneClock::read(const OwnEvent& since) {
  std::vector<TimedWork> read;
  for (std::size_t i = 0; i < used_; ++i) {
    const Piece& piece = pieces_[i];
    const double begin = milliseconds_between(since, piece.begin) / 1000;
    read.push_back({piece.work, begin, begin + milliseconds_between(piece.begin, piece.end) / 1000,
                    piece.bytes});
  }
  used_ = 0;
  return read;
}

}  // namespace cogmill::gpu
