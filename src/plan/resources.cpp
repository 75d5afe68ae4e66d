// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/resources.hpp"

#include "src/report/error.hpp"
#include "src/report/sizes.hpp"

#include <algorithm>
#include <string>

namespace cogmill::plan {
namespace {

/// Committed tiles that stay in memory at the least.
constexpr std::int64_t kLeastStoreBytes = std::int64_t{1} << 20;
/// What the allocator and the libraries take beyond what is counted.
constexpr std::int64_t kSlackBytes = std::int64_t{24} << 20;
constexpr std::int64_t kMostCacheBytes = std::int64_t{512} << 20;

/// Enough chunks to read one, compute one and finish one, and some more where many threads would
/// otherwise wait for the last tiles of a chunk.
std::int64_t useful_chunks_in_flight(int threads) { return 2 + threads / 4; }

std::int64_t fixed_bytes(const ResourceNeeds& needs) {
  return needs.resident_now + needs.threads * needs.thread_bytes + needs.table_bytes + kSlackBytes;
}

/// The limit to give: the process may be a little larger the next time.
std::string limit_text(std::int64_t least) { return report::format_size(least + least / 50); }

ResourceNeeds with_threads(ResourceNeeds needs, int threads) {
  needs.threads = threads;
  return needs;
}

/// By as much as makes an advice worth its words.
bool is_lower(std::int64_t least, std::int64_t than) { return least < than - than / 20; }

/// ", or --threads N": the most with which the job fits its limit; nothing if none are few enough.
std::string thread_advice(const ResourceNeeds& needs) {
  for (int threads = needs.threads - 1; threads > 0; --threads)
    if (least_memory(with_threads(needs, threads)) <= needs.memory_limit)
      return ", or --threads " + std::to_string(threads);
  return {};
}

std::string tile_advice(const std::vector<TileNeeds>& smaller) {
  for (const TileNeeds& tiles : smaller)
    if (least_memory(tiles.needs) <= tiles.needs.memory_limit)
      return ", or --co BLOCKSIZE=" + std::to_string(tiles.tile);
  return {};
}

/// What to type beside more --memory. Where neither threads nor tiles alone will do: what both
/// need.
std::string advice(const ResourceNeeds& needs, const std::vector<TileNeeds>& smaller) {
  const std::string alone = thread_advice(needs) + tile_advice(smaller);
  if (!alone.empty()) return alone;
  ResourceNeeds least = needs;
  std::string words;
  if (needs.threads > 1 && is_lower(least_memory(with_threads(needs, 1)), least_memory(needs))) {
    least = with_threads(least, 1);
    words = "--threads 1";
  }
  if (!smaller.empty()) {
    const ResourceNeeds tiles = with_threads(smaller.back().needs, least.threads);
    if (is_lower(least_memory(tiles), least_memory(least))) {
      least = tiles;
      words += std::string(words.empty() ? "" : " and ") +
               "--co BLOCKSIZE=" + std::to_string(smaller.back().tile);
    }
  }
  if (words.empty()) return {};
  const bool fits = least_memory(least) <= least.memory_limit;
  return fits ? ", or " + words : ", or " + limit_text(least_memory(least)) + " with " + words;
}

}  // namespace

std::int64_t least_memory(const ResourceNeeds& needs) {
  return fixed_bytes(needs) + needs.chunk_bytes + kLeastStoreBytes;
}

ResourcePlan plan_resources(const ResourceNeeds& needs, const std::vector<TileNeeds>& smaller) {
  ResourcePlan plan;
  plan.fixed_bytes = fixed_bytes(needs);
  const std::int64_t least = least_memory(needs);
  if (needs.memory_limit < least)
    throw report::RuntimeError("--memory " + report::format_size(needs.memory_limit) +
                               " is too small for one chunk of this image: give at least " +
                               limit_text(least) + advice(needs, smaller));
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
