// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/handles.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::gpu {

/// What a device does.
enum class Work : std::uint8_t { kToDevice, kCompute, kFromDevice };
inline constexpr std::size_t kWorkCount = 3;
using WorkSeconds = std::array<double, kWorkCount>;

/// Times the pieces of work of one stream by events; costs nothing until it is read. Gaps in which
/// the device waits for the host are not work.
class LaneClock {
 public:
  /// Times what f enqueues.
  template <class F>
  void time(Work work, Stream stream, F&& f) {
    begin(work, stream);
    f();
    end(stream);
  }
  /// Adds up what was timed, and forgets it. @pre the stream is idle
  WorkSeconds read();

 private:
  void begin(Work work, Stream stream);
  void end(Stream stream);

  struct Piece {
    OwnEvent begin, end;
    Work work = Work::kCompute;
  };
  std::vector<Piece> pieces_;  // reused
  std::size_t used_ = 0;
};

}  // namespace cogmill::gpu
