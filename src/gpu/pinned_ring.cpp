// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/pinned_ring.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

namespace cogmill::gpu {

using kernels::cuda::check;

void FreePinned::operator()(std::byte* memory) const { (void)cudaFreeHost(memory); }

PinnedRing::PinnedRing(std::size_t slots, std::size_t slot_bytes) : slots_(slots) {
  for (Slot& slot : slots_) slot.free = make_event();
  reserve(slot_bytes);
}

void PinnedRing::reserve(std::size_t slot_bytes) {
  if (slot_bytes <= slot_bytes_) return;
  for (std::size_t i = 0; i < slots_.size(); ++i) wait_for(i);
  for (Slot& slot : slots_) slot.memory.reset();  // give back before taking more
  slot_bytes_ = 0;
  for (Slot& slot : slots_) {
    void* memory = nullptr;
    check(cudaHostAlloc(&memory, slot_bytes, cudaHostAllocDefault), "take page-locked memory");
    slot.memory.reset(static_cast<std::byte*>(memory));
  }
  slot_bytes_ = slot_bytes;
}

PinnedRing::Slot& PinnedRing::newest(std::size_t back) {
  return slots_[(last_ + slots_.size() - back) % slots_.size()];
}

std::span<std::byte> PinnedRing::next() {
  last_ = (last_ + 1) % slots_.size();
  wait_for(0);
  return slot(0);
}

void PinnedRing::lend(Stream stream) {
  record(newest(0).free, stream);
  newest(0).lent = true;
}

void PinnedRing::wait_for(std::size_t i) {
  Slot& slot = newest(i);
  if (slot.lent) wait(slot.free);
  slot.lent = false;
}

std::span<std::byte> PinnedRing::slot(std::size_t i) const {
  const auto& slot = slots_[(last_ + slots_.size() - i) % slots_.size()];
  return {slot.memory.get(), slot_bytes_};
}

}  // namespace cogmill::gpu
