// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace cogmill::plan {

/// What a rank has, and what its chunks take. All sizes in bytes.
struct ResourceNeeds {
  std::int64_t memory_limit = 0;  ///< bound of the peak resident size
  std::int64_t resident_now = 0;  ///< what the process takes before it reads pixels
  int threads = 1;
  std::int64_t chunk_bytes = 0;   ///< everything one chunk in flight holds
  std::int64_t thread_bytes = 0;  ///< working memory of one thread (codecs, tile buffers)
  std::int64_t table_bytes = 0;   ///< tables that grow with the number of tiles
  std::int64_t chunks = 1;        ///< chunks of this rank: more in flight would idle
};

/// How a rank spends its memory. It changes speed and spilling, never the bytes of the output.
struct ResourcePlan {
  int chunks_in_flight = 1;
  std::int64_t cache_bytes = 0;  ///< decoded source blocks kept for the neighbouring chunk
  std::int64_t store_bytes = 0;  ///< compressed tiles kept in memory; the rest is spilled
  std::int64_t fixed_bytes = 0;  ///< process, threads and tables
};

/// The least memory_limit with which plan_resources() has a plan [bytes].
std::int64_t least_memory(const ResourceNeeds& needs);

/// The needs of the same image in smaller tiles.
struct TileNeeds {
  std::int64_t tile = 0;  ///< BLOCKSIZE [px]
  ResourceNeeds needs;
};

/// @param smaller what may be advised if the limit is too small, largest tiles first
/// @throws report::RuntimeError if not even one chunk fits, naming the least --memory that would
/// do, and of fewer --threads and a smaller BLOCKSIZE what lowers it
ResourcePlan plan_resources(const ResourceNeeds& needs, const std::vector<TileNeeds>& smaller = {});

}  // namespace cogmill::plan
