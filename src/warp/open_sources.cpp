// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/open_sources.hpp"

namespace cogmill::warp {

std::shared_ptr<io::Source> OpenSources::get(std::size_t i) {
  std::list<Slot> closed;  // closing may take time: after the lock is gone
  const std::shared_ptr<Entry> entry = entry_of(i, closed);
  closed.clear();
  std::shared_ptr<io::Source> source;
  {
    const std::scoped_lock opening(entry->opening);
    try {
      if (!entry->source) entry->source = open_(i);
      source = entry->source;
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      --entry->users;
      throw;
    }
  }
  const std::scoped_lock lock(mutex_);
  --entry->users;
  return source;
}

std::shared_ptr<OpenSources::Entry> OpenSources::entry_of(std::size_t i, std::list<Slot>& closed) {
  const std::scoped_lock lock(mutex_);
  const auto found = index_.find(i);
  if (found != index_.end()) {
    recent_.splice(recent_.begin(), recent_, found->second);
  } else {
    make_room(weight_(i), closed);
    recent_.push_front({i, std::make_shared<Entry>()});
    index_[i] = recent_.begin();
    total_ += weight_(i);
  }
  ++recent_.front().entry->users;
  return recent_.front().entry;
}

/// Takes out what was used longest ago and is not in use.
void OpenSources::make_room(std::size_t wanted, std::list<Slot>& closed) {
  for (auto place = recent_.end(); place != recent_.begin() && total_ + wanted > limit_;) {
    --place;
    // Whoever holds a source counts in use_count; nobody can begin to while the lock is held.
    if (place->entry->users > 0 || place->entry->source.use_count() > 1) continue;
    total_ -= weight_(place->number);
    index_.erase(place->number);
    const auto taken = place++;
    closed.splice(closed.end(), recent_, taken);
  }
}

std::size_t OpenSources::weight() const {
  const std::scoped_lock lock(mutex_);
  return total_;
}

}  // namespace cogmill::warp
