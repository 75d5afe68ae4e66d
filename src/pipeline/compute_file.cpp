// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/compute_file.hpp"

#include "src/exchange/packing.hpp"
#include "src/io/color_table.hpp"
#include "src/pipeline/find_data.hpp"
#include "src/pipeline/open_inputs.hpp"
#include "src/pipeline/run_round.hpp"
#include "src/pipeline/tile_exchange.hpp"
#include "src/plan/mixed_colours.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace cogmill::pipeline {
namespace {

using report::Stage;

/// As many bytes as in the first round, to which the resources were fitted.
int chunks_in_flight(const FileTask& task, const partition::Round& round) {
  const auto tiles = [](const partition::Round& r) {
    return r.chunks.shape.across * r.chunks.shape.down;
  };
  const auto times = std::max<std::int64_t>(1, tiles(task.plan.rounds.front()) / tiles(round));
  return task.resources.chunks_in_flight * static_cast<int>(times);
}

/// See RankState::colours.
std::vector<std::vector<kernels::Colour>> read_colours(const FileTask& task) {
  std::vector<std::vector<kernels::Colour>> colours;
  const io::SceneInfo& scene = task.scenes.front();
  for (int band = 0; task.plan.average_colours && band < task.plan.image.bands; ++band) {
    const int number = plan::source_band(task.plan, band);
    auto& table = colours.emplace_back();
    if (number > 0 && static_cast<std::size_t>(number) <= scene.bands.size() &&
        plan::counts_colours(scene.bands[static_cast<std::size_t>(number) - 1], scene))
      table = io::read_color_table(scene.path, number);
  }
  return colours;
}

/// The input of round `r`: the job's own, or the level that an earlier round has made.
RoundInput open_round(const FileTask& task, std::size_t r, const io::TileStore& own,
                      const io::TileStore& guests) {
  if (r > 0) return reopen_level(task.plan, task.plan.rounds[r], own, guests);
  const report::Trace::Span span(task.trace, Stage::kOpen);
  return open_inputs(task.plan, task.scenes, task.on_error, task.resources.cache_bytes);
}

/// What making the chunks of all rounds shares.
struct Making {
  const FileTask& task;
  const RankState& state;
  ComputedFile& file;
  TileEncoder& encoder;
};

/// Takes this rank's share of round `r` through the pipeline. Local.
/// @param guests tiles of other ranks that it reads   @return why it cannot go on, or nothing
std::optional<exchange::Failure> make_chunks(const Making& making, std::size_t r, std::size_t rank,
                                             const io::TileStore& guests) {
  const FileTask& task = making.task;
  const partition::Round& round = task.plan.rounds[r];
  const ChunkRange range{round, task.bounds[r][rank], task.bounds[r][rank + 1],
                         chunks_in_flight(task, round)};
  if (range.begin == range.end) return std::nullopt;
  const Commit commit = [&](ChunkResult result) {
    making.file.commit(std::move(result));
    task.contact.tell_progress(making.file.report);
  };
  std::optional<exchange::Failure> failure;
  const auto unopened = exchange::attempt([&] {
    failure = run_round(making.state, open_round(task, r, making.file.store, guests), range,
                        task.backend, making.encoder, commit);
  });
  return unopened ? unopened : failure;
}

/// All rounds; a rank that cannot go on ends all of them. *Collective.*
void compute_tiles(const FileTask& task, ComputedFile& file, exchange::Communicator& comm) {
  const plan::Plan& plan = task.plan;
  const RankState state{plan, task.trace, file.picture ? &file.picture->plan() : nullptr,
                        read_colours(task)};
  TileEncoder encoder(plan, task.frame);
  const Making making{task, state, file, encoder};
  for (std::size_t r = 0; r < plan.rounds.size(); ++r) {
    io::TileStore guests({}, static_cast<std::uint64_t>(task.resources.cache_bytes) / 2 + 1,
                         task.guest_path + "." + std::to_string(r));
    if (r > 0) {
      const report::Trace::Span span(task.trace, Stage::kExchange);
      exchange_tiles(plan, task.bounds, r, file.store, guests, comm);
    }
    const auto failure = make_chunks(making, r, static_cast<std::size_t>(comm.rank()), guests);
    if (failure && failure->kind != exchange::Failure::Kind::kConsequence)
      task.contact.tell_failure();
    exchange::agree(comm, failure);
  }
}

/// Statistics of the whole image on root, added up in chunk order. *Collective.*
/// @param mine by chunk, then by band
std::vector<kernels::Statistics> combine_statistics(const std::vector<kernels::Statistics>& mine,
                                                    int bands, exchange::Communicator& comm) {
  // Ranks own ascending chunk ranges, so rank order is chunk order.
  std::vector<kernels::Statistics> total(static_cast<std::size_t>(bands));
  for (const exchange::Bytes& message : comm.gather(exchange::pack(mine))) {
    const auto parts = exchange::unpack<kernels::Statistics>(message);
    for (std::size_t i = 0; i < parts.size(); ++i) total[i % total.size()].combine(parts[i]);
  }
  return total;
}

/// Neighbouring chunks read a block twice: each damage is named once.
void name_once(std::vector<std::string>& blocks) {
  std::ranges::sort(blocks);
  blocks.erase(std::ranges::unique(blocks).begin(), blocks.end());
}

}  // namespace

ComputedFile compute_file(const FileTask& task, exchange::Communicator& comm) {
  ComputedFile file(
      {task.frame, static_cast<std::uint64_t>(task.resources.store_bytes), task.spill_path},
      task.picks_picture ? std::make_unique<Picture>(task.plan) : nullptr);
  compute_tiles(task, file, comm);
  task.backend.release();
  file.statistics = combine_statistics(file.statistics, task.plan.image.bands, comm);
  file.has_data = has_data(task.plan, file.store, comm);
  name_once(file.report.corrupt);
  return file;
}

}  // namespace cogmill::pipeline
