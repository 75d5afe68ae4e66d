// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/upload.hpp"

#include "kernels/cuda/check.hpp"
#include "src/gpu/parallel_copy.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>

namespace cogmill::gpu {
void send_slot(std::span<const std::byte> slot, std::byte* to, Lane& lane) {
  lane.clock.time(
      Work::kToDevice, lane.stream.get(),
      [&] {
        kernels::cuda::check(cudaMemcpyAsync(to, slot.data(), slot.size(), cudaMemcpyHostToDevice,
                                             lane.stream.get()),
                             "copy pixels to the GPU");
      },
      static_cast<std::int64_t>(slot.size()));
  lane.ring.lend(lane.stream.get());
}

void upload(std::span<const std::byte> from, std::byte* to, Lane& lane) {
  while (!from.empty()) {
    const std::span<std::byte> slot = lane.ring.next();
    const std::size_t bytes = std::min(from.size(), slot.size());
    copy_in_parallel(from.first(bytes), slot.data());
    send_slot(slot.first(bytes), to, lane);
    from = from.subspan(bytes);
    to += bytes;
  }
}

}  // namespace cogmill::gpu
