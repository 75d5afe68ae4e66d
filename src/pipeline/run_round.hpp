// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/backend.hpp"
#include "src/pipeline/stages.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace cogmill::pipeline {

/// Statistics of one chunk, by band.
struct ChunkStatistics {
  std::int64_t chunk = 0;
  std::vector<kernels::Statistics> bands;
};

/// The chunks of one round that this rank makes.
struct ChunkRange {
  const partition::Round& round;
  std::int64_t begin = 0, end = 0;
  int in_flight = 1;  ///< chunks in memory at once
};

/// Takes every chunk of the range through all stages, several at a time. Local.
/// @param finished called after each chunk, one call at a time, in chunk order
/// @return statistics in chunk order, empty if none are wanted
std::vector<ChunkStatistics> run_round(const RankState& state, const RoundInput& input,
                                       const ChunkRange& range, Backend& backend,
                                       TileEncoder& encoder, const std::function<void()>& finished);

}  // namespace cogmill::pipeline
