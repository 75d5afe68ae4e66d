// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/source.hpp"

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace cogmill::warp {

/// Opens sources when they are needed, and closes those that were not used for longest once there
/// are too many. Thread-safe.
class OpenSources {
 public:
  using Open = std::function<std::shared_ptr<io::Source>(std::size_t)>;

  /// @param limit on the weights of what is open. Sources in use stay open beyond it.
  /// @param weight of a source: the handles it may hold, for example
  /// @param open called by one thread at a time for one source, by many for different ones
  OpenSources(std::size_t limit, std::function<std::size_t(std::size_t)> weight, Open open)
      : limit_(limit), weight_(std::move(weight)), open_(std::move(open)) {}

  /// @return source number i, open until its last user lets go   @throws what open throws
  std::shared_ptr<io::Source> get(std::size_t i);

  /// Sum of the weights of what is open now.
  std::size_t weight() const;

 private:
  struct Entry {
    std::mutex opening;
    std::shared_ptr<io::Source> source;
    std::size_t users = 0;  ///< that wait for it to open
  };
  struct Slot {
    std::size_t number;
    std::shared_ptr<Entry> entry;
  };
  std::shared_ptr<Entry> entry_of(std::size_t i, std::list<Slot>& closed);
  void make_room(std::size_t wanted, std::list<Slot>& closed);

  std::size_t limit_;
  std::function<std::size_t(std::size_t)> weight_;
  Open open_;
  mutable std::mutex mutex_;
  std::size_t total_ = 0;
  std::list<Slot> recent_;  // front: used last
  std::unordered_map<std::size_t, std::list<Slot>::iterator> index_;
};

}  // namespace cogmill::warp
