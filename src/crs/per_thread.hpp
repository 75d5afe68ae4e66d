// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace cogmill::crs {

/// Keeps objects that hold PROJ's, each for the thread that made it. GDAL gives PROJ's objects the
/// context of the thread that uses them, but not those inside of them (the parts of interrupted
/// maps): these would tell their errors to another thread, whose points then fail. Thread-safe.
template <class T>
class PerThread {
 public:
  /// @return an object of this thread; nullptr if none is idle
  std::unique_ptr<T> take() {
    const std::lock_guard lock(mutex_);
    auto& mine = idle_[std::this_thread::get_id()];
    if (mine.empty()) return nullptr;
    std::unique_ptr<T> object = std::move(mine.back());
    mine.pop_back();
    return object;
  }

  /// @pre this thread made the object, or took it
  void give_back(std::unique_ptr<T> object) {
    const std::lock_guard lock(mutex_);
    idle_[std::this_thread::get_id()].push_back(std::move(object));
  }

 private:
  std::mutex mutex_;
  std::map<std::thread::id, std::vector<std::unique_ptr<T>>> idle_;
};

}  // namespace cogmill::crs
