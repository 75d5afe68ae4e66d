// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/handles.hpp"
#include "src/gpu/work_log.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::gpu {

/// Times the pieces of work of one stream by events; costs nothing until it is read. Gaps in which
/// the device waits for the host are not work.
class LaneClock {
 public:
  /// Times what f enqueues.   @param bytes that it copies
  template <class F>
  void time(Work work, Stream stream, F&& f, std::int64_t bytes = 0) {
    begin(work, stream, bytes);
    f();
    end(stream);
  }
  /// What was timed, in seconds since an event; forgets it. @pre the stream is idle
  std::vector<TimedWork> read(const OwnEvent& since);

 private:
  void begin(Work work, Stream stream, std::int64_t bytes);
  void end(Stream stream);

  struct Piece {
    OwnEvent begin, end;
    Work work = Work::kCompute;
    std::int64_t bytes = 0;
  };
  std::vector<Piece> pieces_;  // reused
  std::size_t used_ = 0;
};

}  // namespace cogmill::gpu
