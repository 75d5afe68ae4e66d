// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace cogmill::gpu {

/// How many lanes may be in use at once, and how large their slots are: less and less as memory
/// turns out to be short. Thread-safe; knows no device.
class LaneBudget {
 public:
  /// Slots are not halved below it [bytes].
  static constexpr std::size_t kLeastSlotBytes = std::size_t{1} << 20;

  LaneBudget(std::size_t most, std::size_t slot_bytes) : most_(most), slot_bytes_(slot_bytes) {}

  /// Waits for a turn.   @return what slots a lane has now
  std::size_t enter() {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [this] { return inside_ < most_; });
    ++inside_;
    return slot_bytes_;
  }
  void leave() {
    const std::scoped_lock lock(mutex_);
    --inside_;
    turn_.notify_one();
  }
  /// Leaves because there was no memory: one lane less from now on, or smaller slots for the last.
  /// @return false if there is nothing left to give up
  bool leave_and_shrink() {
    const std::scoped_lock lock(mutex_);
    --inside_;
    turn_.notify_all();  // whoever waits has to find out for himself
    if (most_ > 1) {
      --most_;
      return true;
    }
    if (slot_bytes_ / 2 < kLeastSlotBytes) return false;
    slot_bytes_ /= 2;
    return true;
  }

  std::size_t most() const {
    const std::scoped_lock lock(mutex_);
    return most_;
  }
  std::size_t slot_bytes() const {
    const std::scoped_lock lock(mutex_);
    return slot_bytes_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable turn_;
  std::size_t most_, slot_bytes_, inside_ = 0;
};

}  // namespace cogmill::gpu
