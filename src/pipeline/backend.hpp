// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/device_list.hpp"
#include "src/gpu/work_log.hpp"
#include "src/pipeline/stages.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace cogmill::pipeline {

/// Where a job is computed, the same backend on every rank.
struct BackendChoice {
  bool cuda = false;
  bool assumed = false;    ///< there is a driver, but nobody has asked it yet: that takes a while
  bool insist = false;     ///< --backend cuda: no chunk is computed elsewhere
  gpu::DeviceInfo device;  ///< of this rank, with cuda
  int sharers = 1;         ///< ranks of this node that compute on it
  std::string cuda_version;
  std::string why_cpu;   ///< where a GPU was asked for in vain: why there is none
  bool notable = false;  ///< a driver is there, so that its user will wonder
};

/// What a device did for this rank.
struct DeviceReport {
  std::int64_t memory_limit = 0, peak_memory = 0;  ///< [bytes]
  gpu::WorkTotal to_device, from_device;           ///< copies
  double compute_seconds = 0;                      ///< in which any of its streams computed
  std::int64_t chunks = 0, host_chunks = 0;        ///< computed there, and on the cores meanwhile
};

/// Where chunks are computed: everything between a chunk's fetched blocks and its compressed tiles.
/// Pixels do not depend on it but for what docs/gpu.md says of functions and wide filters.
class Backend {
 public:
  virtual ~Backend() = default;

  /// Takes a chunk through decode, evaluate, overviews and encode. Called by several threads for
  /// different chunks.   @throws what the stages throw
  virtual void compute(const RankState& state, const RoundInput& input, TileEncoder& encoder,
                       Chunk& chunk) = 0;

  /// No more chunks: a device is given back in the background, which takes a while.
  virtual void release() {}
  /// What it turned out to be, once all chunks are computed.
  virtual BackendChoice choice() const = 0;
  virtual DeviceReport report() const { return {}; }
};

/// All on this rank's cores.
std::unique_ptr<Backend> make_cpu_backend(BackendChoice choice);

}  // namespace cogmill::pipeline
