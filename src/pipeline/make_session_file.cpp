// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/make_session_file.hpp"

#include "src/exchange/packing.hpp"
#include "src/pipeline/chunk_coverage.hpp"
#include "src/pipeline/compute_file.hpp"
#include "src/pipeline/cuda/backend.hpp"
#include "src/report/error.hpp"
#include "src/report/log.hpp"
#include "src/report/progress.hpp"

#include <tbb/global_control.h>

#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace cogmill::pipeline {
namespace {

report::ProgressStyle style_of(job::ProgressMode mode) {
  switch (mode) {
    case job::ProgressMode::kAuto:
      return report::ProgressStyle::kAuto;
    case job::ProgressMode::kBar:
      return report::ProgressStyle::kBar;
    case job::ProgressMode::kPlain:
      return report::ProgressStyle::kPlain;
    case job::ProgressMode::kJson:
      return report::ProgressStyle::kJson;
    case job::ProgressMode::kNone:
      return report::ProgressStyle::kNone;
  }
  return report::ProgressStyle::kNone;
}

/// Root shows what all ranks have done, the others tell it; and whoever fails tells all.
class SharedProgress final : public JobContact {
 public:
  SharedProgress(const Session& session, std::int64_t total_tiles) : session_(session) {
    if (!session.comm.is_root()) return;
    progress_ = std::make_unique<report::Progress>(style_of(session.job.run.progress), total_tiles);
    before_message_.emplace([this] { progress_->clear_line(); });
  }
  void tell_progress(const WorkReport& done) override {
    if (session_.comm.failure_announced()) throw exchange::OtherRankFailed();
    session_.comm.post_progress({done.tiles, done.bytes_done});
    show(done);
  }
  void tell_failure() override { session_.comm.announce_failure(); }

  /// Ends the talk, whether this rank has failed or not. *Collective over the session's ranks.*
  void end() { session_.comm.finish_posts(); }
  /// All is done.
  void finish(const WorkReport& done) {
    if (!progress_) return;
    show(done);
    progress_->finish();
  }

 private:
  void show(const WorkReport& mine) {
    if (!progress_) return;
    const exchange::ProgressCount others = session_.comm.collect_progress();
    progress_->set(mine.tiles + others.tiles, mine.bytes_done + others.bytes);
  }

  const Session& session_;
  std::unique_ptr<report::Progress> progress_;
  std::optional<report::BeforeEachMessage> before_message_;
};

plan::ResourceNeeds needs_of(const Session& session, const Prepared& prepared, const Run& run,
                             const plan::Plan& plan, std::int64_t chunks) {
  const auto set = plan::working_set(plan, prepared.scenes);
  const std::int64_t device = run.choice.cuda ? kDeviceHostBytes : 0;
  const std::int64_t picture =
      session.job.run.quicklook ? plan::picture_bytes(plan.levels, plan.image) : 0;
  return {session.memory_limit, report::current_rss_bytes(),        run.threads, set.chunk_bytes,
          set.thread_bytes,     set.table_bytes + device + picture, chunks};
}

/// What the same file would need with other BLOCKSIZEs.
std::vector<plan::TileNeeds> needs_of_smaller_tiles(const Session& session,
                                                    const Prepared& prepared, const Run& run,
                                                    const partition::Window& region) {
  std::vector<plan::TileNeeds> smaller;
  job::Job job = session.job;
  for (const int tile : {2048, 1024, 512, 256, 128}) {
    if (tile >= run.plan.tile) continue;
    job.creation.block_size = tile;
    try {
      const auto plan = plan::make_plan(job, prepared.interpretation, prepared.scenes, region);
      smaller.push_back({tile, needs_of(session, prepared, run, plan, 1)});
    } catch (const report::UsageError&) {
      break;  // other options do not go with the overviews that smaller tiles make
    }
  }
  return smaller;
}

}  // namespace

void plan_file(Session& session, const Prepared& prepared, JobOutput& output, Run& run) {
  const plan::Interpretation& interpretation = prepared.interpretation;
  const partition::Window image{0, 0, interpretation.image.width, interpretation.image.height};
  const partition::Window region = output.part().empty() ? image : output.part();
  const exchange::Communicator& makers = output.makers();
  const report::Trace::Span span(session.trace, report::Stage::kPlan);
  run.plan = plan::make_plan(session.job, interpretation, prepared.scenes, region);
  run.bounds =
      plan::share_out(run.plan, makers.size(),
                      makers.size() > 1 ? chunk_coverage(run.plan) : std::vector<double>());
  const auto& mine = run.bounds.front();
  const auto rank = static_cast<std::size_t>(makers.rank());
  const auto needs = needs_of(session, prepared, run, run.plan, mine[rank + 1] - mine[rank]);
  const bool fits = plan::least_memory(needs) <= needs.memory_limit;
  run.resources =
      plan::plan_resources(needs, fits ? std::vector<plan::TileNeeds>()
                                       : needs_of_smaller_tiles(session, prepared, run, region));
}

void create_folders(const Session& session, io::PartialFolder& partial) {
  exchange::agree_on(session.comm, [&] {
    if (session.comm.is_root()) partial.create();
  });
  exchange::agree_on(session.comm, [&] { partial.create_scratch(); });
}

namespace {

/// Of all ranks. *Collective.*
std::int64_t sum_over_ranks(std::int64_t mine, exchange::Communicator& comm) {
  std::int64_t sum = 0;
  for (const auto& message : comm.all_gather(exchange::pack(std::span(&std::as_const(mine), 1))))
    sum += exchange::unpack<std::int64_t>(message).front();
  return sum;
}

/// compute | place and write. *Collective over the makers.*
Made make_file(Session& session, const Prepared& prepared, const Run& run,
               const io::PartialFolder& partial, JobOutput& output, SharedProgress& progress) {
  const tbb::global_control cores(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(run.threads));
  const auto format = make_tiff_output(run.plan, prepared.scenes, session.trace);
  const int rank = session.comm.rank();
  const FileTask task{run.plan,
                      run.bounds,
                      run.resources,
                      prepared.scenes,
                      session.job.run.on_error,
                      format->frame(),
                      partial.spill_file(rank),
                      partial.guest_file(rank),
                      session.trace,
                      *run.backend,
                      session.job.run.quicklook && output.is_whole(),
                      progress};
  ComputedFile computed = compute_file(task, output.makers());
  Made made;
  made.written = format->write(computed, output.target(), output.makers());
  made.spilled_bytes = static_cast<std::int64_t>(computed.store.spilled_bytes());
  made.has_data = computed.has_data;
  made.work = std::move(computed.report);
  made.picture = std::move(computed.picture);
  return made;
}

}  // namespace

Made make_session_file(Session& session, const Prepared& prepared, const Run& run,
                       const io::PartialFolder& partial, JobOutput& output) {
  Made made;
  const bool makes = !output.part().empty();
  // What makers do together counts once.
  const bool counts = makes && output.makers().is_root();
  SharedProgress progress(session,
                          sum_over_ranks(counts ? run.plan.tile_count() : 0, session.comm));
  const auto failure = exchange::attempt([&] {
    if (makes) made = make_file(session, prepared, run, partial, output, progress);
  });
  // Each part of a VRT has makers of its own: that they have failed is news to the others.
  if (failure && output.makers().is_root() && output.makers().size() < session.comm.size())
    progress.tell_failure();
  progress.end();
  exchange::agree(session.comm, failure);
  progress.finish(made.work);
  made.written.file_bytes = sum_over_ranks(counts ? made.written.file_bytes : 0, session.comm);
  return made;
}

}  // namespace cogmill::pipeline
