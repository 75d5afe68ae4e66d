// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/make_session_file.hpp"

#include "src/pipeline/chunk_coverage.hpp"
#include "src/pipeline/cuda/backend.hpp"
#include "src/report/error.hpp"
#include "src/report/log.hpp"
#include "src/report/progress.hpp"

#include <tbb/global_control.h>

#include <memory>
#include <optional>
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

/// Root shows what all ranks have done, the others tell it.
class SharedProgress {
 public:
  SharedProgress(Session& session, std::int64_t total_tiles) : session_(session) {
    if (!session.comm.is_root()) return;
    progress_ = std::make_unique<report::Progress>(style_of(session.job.run.progress), total_tiles);
    before_message_.emplace([this] { progress_->clear_line(); });
  }
  void chunk_finished() {
    const exchange::ProgressCount mine{session_.counters.tiles, session_.counters.bytes_done};
    session_.comm.post_progress(mine);
    if (!progress_) return;
    const exchange::ProgressCount others = session_.comm.collect_progress();
    progress_->set(mine.tiles + others.tiles, mine.bytes + others.bytes);
  }
  /// *Collective over the session's ranks.*
  void finish() {
    session_.comm.finish_progress();
    if (!progress_) return;
    chunk_finished();
    progress_->finish();
  }

 private:
  Session& session_;
  std::unique_ptr<report::Progress> progress_;
  std::optional<report::BeforeEachMessage> before_message_;
};

plan::ResourceNeeds needs_of(const Session& session, const plan::Plan& plan, std::int64_t chunks) {
  const auto set = plan::working_set(plan, session.scenes);
  const std::int64_t device = session.choice.cuda ? kDeviceHostBytes : 0;
  const std::int64_t picture =
      session.job.run.quicklook ? plan::picture_bytes(plan.levels, plan.image) : 0;
  return {
      session.memory_limit, report::current_rss_bytes(),        session.threads, set.chunk_bytes,
      set.thread_bytes,     set.table_bytes + device + picture, chunks};
}

/// What the same file would need with other BLOCKSIZEs.
std::vector<plan::TileNeeds> needs_of_smaller_tiles(const Session& session,
                                                    const plan::Interpretation& interpretation,
                                                    const partition::Window& region) {
  std::vector<plan::TileNeeds> smaller;
  job::Job job = session.job;
  for (const int tile : {2048, 1024, 512, 256, 128}) {
    if (tile >= session.plan.tile) continue;
    job.creation.block_size = tile;
    try {
      const auto plan = plan::make_plan(job, interpretation, session.scenes, region);
      smaller.push_back({tile, needs_of(session, plan, 1)});
    } catch (const report::UsageError&) {
      break;  // other options do not go with the overviews that smaller tiles make
    }
  }
  return smaller;
}

}  // namespace

void plan_file(Session& session, const plan::Interpretation& interpretation,
               const partition::Window& region, const exchange::Communicator& makers) {
  const report::Trace::Span span(session.trace, report::Stage::kPlan);
  session.plan = plan::make_plan(session.job, interpretation, session.scenes, region);
  session.bounds =
      plan::share_out(session.plan, makers.size(),
                      makers.size() > 1 ? chunk_coverage(session.plan) : std::vector<double>());
  const auto& mine = session.bounds.front();
  const auto rank = static_cast<std::size_t>(makers.rank());
  const auto needs = needs_of(session, session.plan, mine[rank + 1] - mine[rank]);
  const bool fits = plan::least_memory(needs) <= needs.memory_limit;
  session.resources =
      plan::plan_resources(needs, fits ? std::vector<plan::TileNeeds>()
                                       : needs_of_smaller_tiles(session, interpretation, region));
}

void create_folders(Session& session, PartialFolder& partial) {
  exchange::agree_on(session.comm, [&] {
    if (session.comm.is_root()) partial.create();
  });
  exchange::agree_on(session.comm, [&] { partial.create_scratch(); });
}

void make_session_file(Session& session, const PartialFolder& partial, const std::string& path,
                       std::int64_t total_tiles, exchange::Communicator& makers) {
  const tbb::global_control cores(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(session.threads));
  SharedProgress progress(session, total_tiles);
  const int rank = session.comm.rank();
  const FileTask task{session.plan,
                      session.bounds,
                      session.resources,
                      session.scenes,
                      session.job.run.on_error,
                      path,
                      partial.spill_file(rank),
                      partial.guest_file(rank),
                      session.trace,
                      session.counters,
                      session.corrupt,
                      *session.backend,
                      session.picture.get(),
                      [&progress] { progress.chunk_finished(); }};
  session.result = make_file(task, makers);
  progress.finish();
}

void skip_session_file(Session& session, std::int64_t total_tiles) {
  SharedProgress(session, total_tiles).finish();
}

}  // namespace cogmill::pipeline
