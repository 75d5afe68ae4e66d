// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/download.hpp"

#include "kernels/cuda/check.hpp"
#include "src/gpu/parallel_copy.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>

namespace cogmill::gpu {

void download(std::span<const std::byte> from, Lane& lane) {
  const std::span<std::byte> slot = lane.ring.next();
  lane.clock.time(
      Work::kFromDevice, lane.stream.get(),
      [&] {
        kernels::cuda::check(cudaMemcpyAsync(slot.data(), from.data(), from.size(),
                                             cudaMemcpyDeviceToHost, lane.stream.get()),
                             "copy tiles from the GPU");
      },
      static_cast<std::int64_t>(from.size()));
  lane.ring.lend(lane.stream.get());
}

void download_all(std::span<const std::byte> from, std::span<std::byte> to, Lane& lane) {
  while (!from.empty()) {
    const std::size_t bytes = std::min(from.size(), lane.ring.slot_bytes());
    download(from.first(bytes), lane);
    take_slot(0, to.first(bytes), lane);
    from = from.subspan(bytes);
    to = to.subspan(bytes);
  }
}

void take_slot(std::size_t back, std::span<std::byte> to, Lane& lane) {
  lane.ring.wait_for(back);
  copy_in_parallel(lane.ring.slot(back).first(to.size()), to.data());
}

}  // namespace cogmill::gpu
