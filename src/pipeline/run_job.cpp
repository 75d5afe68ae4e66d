// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/run_job.hpp"

#include "src/pipeline/check_output.hpp"
#include "src/pipeline/dry_run.hpp"
#include "src/pipeline/job_output.hpp"
#include "src/pipeline/make_session_file.hpp"
#include "src/pipeline/prepare.hpp"
#include "src/pipeline/report_run.hpp"
#include "src/pipeline/start_backend.hpp"
#include "src/report/interrupt.hpp"

#include <iostream>
#include <memory>

namespace cogmill::pipeline {
namespace {

/// What the job writes. Pure.
std::unique_ptr<JobOutput> make_output(const Session& s, const Prepared& p,
                                       const io::PartialFolder& partial) {
  const plan::OutputImage& whole = p.interpretation.image;
  const partition::Window image{0, 0, whole.width, whole.height};
  if (s.job.format != job::OutputFormat::kVrt)
    return make_single_output(s.job, partial, image, s.comm);
  return make_vrt_output(s.job, partial, plan::make_plan(s.job, p.interpretation, p.scenes, image),
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

/// Computes, writes and publishes. *Collective.*
Made make_outputs(Session& s, const Prepared& p, const Run& run, JobOutput& output,
                  io::PartialFolder& partial) {
  report::InterruptWatch watch;
  create_folders(s, partial);
  Made made = make_session_file(s, p, run, partial, output);
  exchange::agree_on(s.comm, [&] {
    if (s.comm.is_root()) publish(s, output, partial, watch);
  });
  return made;
}

}  // namespace

void run_job(const job::Job& job, exchange::Communicator& comm) {
  Session session(job, comm);
  check_output(job, comm);
  const Prepared prepared = prepare(session);
  Run run = choose_session_backend(session, prepared);
  io::PartialFolder partial(job.output, job.run.scratch.value_or(""));
  const auto output = make_output(session, prepared, partial);
  if (!job.run.dry_run) start_session_backend(session, run);
  exchange::agree_on(comm, [&] {
    plan_file(session, prepared, *output, run);
    if (comm.is_root()) output->require_new();
  });
  if (job.run.dry_run) {
    if (comm.is_root()) std::cout << describe_plan(session, prepared, run);
    return;
  }
  const Made made = make_outputs(session, prepared, run, *output, partial);
  report_run(session, prepared, run, made);
}

}  // namespace cogmill::pipeline
