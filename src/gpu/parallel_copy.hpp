// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>

namespace cogmill::gpu {

/// Copies within host memory with oneTBB tasks: one thread alone is slower than the bus.
inline void copy_in_parallel(std::span<const std::byte> from, std::byte* to) {
  constexpr std::size_t kBytesPerTask = std::size_t{1} << 20;
  const std::size_t tasks = (from.size() + kBytesPerTask - 1) / kBytesPerTask;
  tbb::parallel_for(std::size_t{0}, tasks, [&](std::size_t task) {
    const std::size_t begin = task * kBytesPerTask;
    std::memcpy(to + begin, from.data() + begin, std::min(kBytesPerTask, from.size() - begin));
  });
}

}  // namespace cogmill::gpu
