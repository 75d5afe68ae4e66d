// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/run_round.hpp"

#include "src/report/interrupt.hpp"

#include <tbb/parallel_pipeline.h>

#include <atomic>
#include <cstddef>
#include <utility>

namespace cogmill::pipeline {
namespace {

/// Hands out the chunks of a range in order, each in a buffer that no other chunk in flight uses.
class ChunkSupply {
 public:
  ChunkSupply(const RankState& state, const ChunkRange& range)
      : state_(state), range_(range), next_(range.begin), buffers_(slots(range)) {}

  /// @return nullptr after the last one. Called by one thread at a time.
  Chunk* next() {
    if (next_ == range_.end) return nullptr;
    // Chunks leave in order, so the oldest buffer is free when there are as many as chunks in
    // flight.
    Chunk& chunk = buffers_[static_cast<std::size_t>(next_ - range_.begin) % buffers_.size()];
    chunk.number = next_++;
    chunk.result.chunk = chunk.number;
    chunk.blocks = plan::chunk_blocks(range_.round, chunk.number, state_.plan.levels,
                                      state_.plan.overview_resampling);
    return &chunk;
  }

 private:
  static std::size_t slots(const ChunkRange& range) {
    return static_cast<std::size_t>(range.in_flight);
  }
  const RankState& state_;
  const ChunkRange& range_;
  std::int64_t next_;
  std::vector<Chunk> buffers_;
};

/// Output pixels of the chunk's own tiles on the level it starts from, as bytes.
std::int64_t own_bytes(const RankState& state, const ChunkRange& range, const Chunk& chunk) {
  return range.round.chunks.tiles.window(chunk.blocks.front().tiles).pixels() *
         state.plan.pixel_bytes();
}

}  // namespace

std::optional<exchange::Failure> run_round(const RankState& state, const RoundInput& input,
                                           const ChunkRange& range, Backend& backend,
                                           TileEncoder& encoder, const Commit& commit) {
  using tbb::filter_mode;
  ChunkSupply supply(state, range);
  std::optional<exchange::Failure> failure;  // of the first chunk that has one
  std::atomic<bool> failed = false;
  const auto make = [&](Chunk& chunk, const auto& stage) {
    report::throw_if_interrupted();
    if (!failed && !chunk.result.failure) chunk.result.failure = exchange::attempt(stage);
  };
  const auto take = [&](tbb::flow_control& flow) {
    Chunk* chunk = failed ? nullptr : supply.next();
    if (chunk == nullptr) flow.stop();
    return chunk;
  };
  const auto read = [&](Chunk* chunk) {
    make(*chunk, [&] { fetch(state, input, *chunk); });
    return chunk;
  };
  const auto compute = [&](Chunk* chunk) {
    make(*chunk, [&] { backend.compute(state, input, encoder, *chunk); });
    return chunk;
  };
  const auto retire = [&](Chunk* chunk) {
    ChunkResult result = std::exchange(chunk->result, {});
    if (failed) return;
    result.report.bytes_done = own_bytes(state, range, *chunk);
    failure =
        result.failure ? result.failure : exchange::attempt([&] { commit(std::move(result)); });
    failed = failure.has_value();
  };
  tbb::parallel_pipeline(static_cast<std::size_t>(range.in_flight),
                         tbb::make_filter<void, Chunk*>(filter_mode::serial_in_order, take) &
                             tbb::make_filter<Chunk*, Chunk*>(filter_mode::parallel, read) &
                             tbb::make_filter<Chunk*, Chunk*>(filter_mode::parallel, compute) &
                             tbb::make_filter<Chunk*, void>(filter_mode::serial_in_order, retire));
  return failure;
}

}  // namespace cogmill::pipeline
