// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/handles.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cogmill::gpu {

/// A few pieces of page-locked host memory that are used in turn: copies between host and device
/// run beside everything else only from such memory, and taking much of it is slow. One user.
class PinnedRing {
 public:
  /// @throws kernels::cuda::OutOfMemory
  PinnedRing(std::size_t slots, std::size_t slot_bytes);

  /// Slots of at least so many bytes; what was in them is lost if they grow.
  /// @throws kernels::cuda::OutOfMemory
  void reserve(std::size_t slot_bytes);
  std::size_t slot_bytes() const { return slot_bytes_; }

  /// The slot after the last one, when the device is done with what was in it.
  std::span<std::byte> next();
  /// The slot that next() gave last belongs to the device until the stream has come so far.
  void lend(Stream stream);
  /// Waits until the device is done with slot `i`, counted back from the newest, 0.
  void wait_for(std::size_t i);
  std::span<std::byte> slot(std::size_t i) const;  ///< the same numbering

 private:
  struct Slot {
    OwnPinned memory;
    OwnEvent free;
    bool lent = false;
  };
  std::size_t index(std::size_t back) const;

  std::size_t slot_bytes_ = 0;
  std::vector<Slot> slots_;
  std::size_t last_ = 0;
};

}  // namespace cogmill::gpu
