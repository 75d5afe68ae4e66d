// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/backend.hpp"
#include "src/pipeline/stages.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace cogmill::pipeline {

/// The chunks of one round that this rank makes.
struct ChunkRange {
  const partition::Round& round;
  std::int64_t begin = 0, end = 0;
  int in_flight = 1;  ///< chunks in memory at once
};

/// Takes in a chunk that was made.
using Commit = std::function<void(ChunkResult)>;

/// Takes every chunk of the range through all stages, several at a time. Local.
/// @param commit called for each chunk, one call at a time, in chunk order
/// @return why the first chunk that could not be made or committed could not: it ends the round,
/// and those behind it are left out. Nothing: all are committed
/// @throws report::Interrupted
std::optional<exchange::Failure> run_round(const RankState& state, const RoundInput& input,
                                           const ChunkRange& range, Backend& backend,
                                           TileEncoder& encoder, const Commit& commit);

}  // namespace cogmill::pipeline
