// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace cogmill::warp {

/// Keeps objects with buffers for whoever needs one next: touching fresh memory costs more than
/// most of what is done in it. Thread-safe; holds as many as were ever in use at once.
template <class T>
class ReusePool {
 public:
  std::unique_ptr<T> borrow() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return std::make_unique<T>();
    auto one = std::move(idle_.back());
    idle_.pop_back();
    return one;
  }
  void give_back(std::unique_ptr<T> one) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(one));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace cogmill::warp
