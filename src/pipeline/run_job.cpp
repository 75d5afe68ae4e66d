// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/run_job.hpp"

#include "src/crs/cutline.hpp"
#include "src/io/open_source.hpp"
#include "src/pipeline/binding.hpp"
#include "src/pipeline/check_output.hpp"
#include "src/pipeline/dry_run.hpp"
#include "src/pipeline/job_output.hpp"
#include "src/pipeline/make_session_file.hpp"
#include "src/pipeline/report_run.hpp"
#include "src/pipeline/share_alignment.hpp"
#include "src/pipeline/share_mosaic.hpp"
#include "src/pipeline/share_scenes.hpp"
#include "src/pipeline/start_backend.hpp"
#include "src/plan/band_nodata.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/plan/same_grid.hpp"
#include "src/report/error.hpp"
#include "src/report/interrupt.hpp"
#include "src/report/log.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <utility>

namespace cogmill::pipeline {
namespace {

/// Says once per file why it is not read by the tile reader, and how to change that, and if its
/// picture is stored turned.
void note_inputs(Session& s) {
  for (const io::SceneInfo& scene : s.scenes)
    for (const std::string& notice : {io::fallback_notice(scene), io::orientation_notice(scene)}) {
      if (notice.empty()) continue;
      if (s.comm.is_root()) report::log_warning(notice);
      s.notes.push_back(notice);
    }
}

/// Says which inputs of an expression are taken to lie where the others do.
void note_unproven_grids(Session& s) {
  if (s.job.warp) return;
  for (const std::string& doubt : plan::unproven_grids(s.job, s.scenes)) {
    if (s.comm.is_root()) report::log_warning(doubt);
    s.notes.push_back(doubt);
  }
}

/// Warns if mpirun has bound the ranks of root's node to so few cores that others stay idle.
void note_binding(Session& s) {
  if (!s.comm.is_root() || !is_bound_by_mpirun()) return;
  const std::optional<int> wanted =
      s.job.run.threads ? s.job.run.threads : s.job.creation.num_threads;
  const std::string advice = binding_advice(s.machine, s.comm.local_size(), wanted);
  if (advice.empty()) return;
  report::log_warning(advice);
  s.notes.push_back(advice);
}

/// What the job writes. Pure.
std::unique_ptr<JobOutput> make_output(Session& s, const plan::Interpretation& interpretation,
                                       const io::PartialFolder& partial) {
  const partition::Window image{0, 0, interpretation.image.width, interpretation.image.height};
  if (s.job.format != job::OutputFormat::kVrt)
    return make_single_output(s.job, partial, image, s.comm);
  return make_vrt_output(s.job, partial, plan::make_plan(s.job, interpretation, s.scenes, image),
                         s.comm);
}

/// All files are complete: they get their names. On root.
void publish(Session& s, JobOutput& output, io::PartialFolder& partial,
             report::InterruptWatch& watch) {
  watch.hold();
  const report::Trace::Span span(s.trace, report::Stage::kSync);
  output.publish();
  partial.remove();
}

/// Plans, computes, writes and publishes. *Collective.*
void make_outputs(Session& s, const plan::Interpretation& interpretation) {
  io::PartialFolder partial(s.job.output, s.job.run.scratch.value_or(""));
  const auto output = make_output(s, interpretation, partial);
  if (!s.job.run.dry_run) start_session_backend(s);
  exchange::agree_on(s.comm, [&] {
    plan_file(s, interpretation, *output);
    if (s.comm.is_root()) output->require_new();
  });
  if (s.job.run.dry_run) {
    if (s.comm.is_root()) std::cout << describe_plan(s);
    return;
  }
  report::InterruptWatch watch;
  create_folders(s, partial);
  make_session_file(s, partial, *output);
  exchange::agree_on(s.comm, [&] {
    if (s.comm.is_root()) publish(s, *output, partial, watch);
  });
}

/// Every rank reads the cutline for itself. *Collective.*
void cut_out(Session& s, plan::Interpretation& interpretation) {
  if (!s.job.warp || !s.job.warp->cutline) return;
  exchange::agree_on(s.comm, [&] {
    auto cutline =
        std::make_shared<crs::Cutline>(*s.job.warp->cutline, interpretation.grid->crs_wkt);
    cutline->place_on(*interpretation.grid);
    if (!cutline->touches({0, 0, interpretation.grid->width, interpretation.grid->height}))
      throw report::RuntimeError("cutline " + s.job.warp->cutline->path +
                                 " does not reach the output; check its CRS, --bbox and --like");
    plan::cut_out(std::move(cutline), interpretation);
  });
}

/// Reads the inputs' metadata and says what is made of them, on which grid. *Collective.*
plan::Interpretation interpret_inputs(Session& s) {
  if (s.job.mosaic) return share_mosaic(s);
  {
    const report::Trace::Span span(s.trace, report::Stage::kOpen);
    s.scenes = share_scenes(s.job, s.comm);
  }
  note_inputs(s);
  plan::Interpretation interpretation;
  exchange::agree_on(s.comm, [&] { interpretation = plan::interpret(s.job, s.scenes); });
  note_unproven_grids(s);
  const auto replaced = plan::describe_replaced(s.job, s.scenes.front(), interpretation.image);
  if (replaced && s.comm.is_root()) report::log_warning(*replaced);
  if (s.job.warp) {
    const auto alignment = share_alignment(s.job, s.scenes, s.comm, s.notes);
    exchange::agree_on(s.comm, [&] { plan::align(s.job, alignment, interpretation); });
  }
  return interpretation;
}

}  // namespace

void run_job(const job::Job& job, exchange::Communicator& comm) {
  Session session(job, comm);
  check_output(job, comm);
  note_binding(session);
  plan::Interpretation interpretation = interpret_inputs(session);
  exchange::agree_on(comm, [&] {
    const std::string from = job.mosaic ? "the mosaic" : session.scenes.front().path;
    static_cast<void>(plan::one_nodata(interpretation.image, from));
  });
  cut_out(session, interpretation);
  choose_session_backend(session, interpretation);
  session.image_width = interpretation.image.width;
  session.image_height = interpretation.image.height;
  make_outputs(session, interpretation);
  if (!job.run.dry_run) report_run(session);
}

}  // namespace cogmill::pipeline
