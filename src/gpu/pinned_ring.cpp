// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/pinned_ring.hpp"

namespace cogmill::gpu {

PinnedRing::PinnedRing(std::size_t slots, std::size_t slot_bytes) : slots_(slots) {
  for (Slot& slot : slots_) slot.free = make_event();
  reserve(slot_bytes);
}

void PinnedRing::reserve(std::size_t slot_bytes) {
  if (slot_bytes <= slot_bytes_) return;
  for (std::size_t i = 0; i < slots_.size(); ++i) wait_for(i);
  for (Slot& slot : slots_) slot.memory.reset();  // give back before taking more
  slot_bytes_ = 0;
  for (Slot& slot : slots_) slot.memory = take_pinned(slot_bytes);
  slot_bytes_ = slot_bytes;
}

std::size_t PinnedRing::index(std::size_t back) const {
  return (last_ + slots_.size() - back) % slots_.size();
}

std::span<std::byte> PinnedRing::next() {
  last_ = (last_ + 1) % slots_.size();
  wait_for(0);
  return slot(0);
}

void PinnedRing::lend(Stream stream) {
  record(slots_[last_].free, stream);
  slots_[last_].lent = true;
}

void PinnedRing::wait_for(std::size_t i) {
  Slot& slot = slots_[index(i)];
  if (slot.lent) wait(slot.free);
  slot.lent = false;
}

std::span<std::byte> PinnedRing::slot(std::size_t i) const {
  return {slots_[index(i)].memory.get(), slot_bytes_};
}

}  // namespace cogmill::gpu
