// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/resources.hpp"

#include "src/report/error.hpp"
#include "src/report/sizes.hpp"

#include <algorithm>

namespace cogmill::plan {
namespace {

/// Compressed tiles that stay in memory at the least, so that spilling goes in large steps.
constexpr std::int64_t kLeastStoreBytes = std::int64_t{8} << 20;
/// What the allocator and the libraries take beyond what is counted.
constexpr std::int64_t kSlackBytes = std::int64_t{24} << 20;
constexpr std::int64_t kMostCacheBytes = std::int64_t{512} << 20;

/// Enough chunks to read one, compute one and finish one, and some more where many threads would
/// otherwise wait for the last tiles of a chunk.
std::int64_t useful_chunks_in_flight(int threads) { return 2 + threads / 4; }

}  // namespace

ResourcePlan plan_resources(const ResourceNeeds& needs) {
  ResourcePlan plan;
  plan.fixed_bytes =
      needs.resident_now + needs.threads * needs.thread_bytes + needs.table_bytes + kSlackBytes;
  const std::int64_t least = plan.fixed_bytes + needs.chunk_bytes + kLeastStoreBytes;
  if (needs.memory_limit < least)
    throw report::RuntimeError("--memory " + report::format_size(needs.memory_limit) +
                               " is too small for one chunk of this image: give at least " +
                               report::format_size(least + least / 50) +
                               ", or fewer --threads, or a smaller BLOCKSIZE");
  const std::int64_t room = needs.memory_limit - plan.fixed_bytes - kLeastStoreBytes;
  // Chunks in flight may take 60 % of what is free: the rest keeps tiles from being spilled.
  const std::int64_t by_memory = std::max<std::int64_t>(1, room * 3 / 5 / needs.chunk_bytes);
  const std::int64_t wanted =
      std::min(useful_chunks_in_flight(needs.threads), std::max<std::int64_t>(1, needs.chunks));
  plan.chunks_in_flight = static_cast<int>(std::min(wanted, by_memory));
  const std::int64_t left = room - plan.chunks_in_flight * needs.chunk_bytes;
  plan.cache_bytes = std::min(left / 3, kMostCacheBytes);
  plan.store_bytes = kLeastStoreBytes + left - plan.cache_bytes;
  return plan;
}

}  // namespace cogmill::plan
