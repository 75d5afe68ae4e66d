// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/start_backend.hpp"

#include "src/gpu/binding.hpp"
#include "src/pipeline/choose_backend.hpp"
#include "src/pipeline/cuda/backend.hpp"
#include "src/report/error.hpp"
#include "src/report/log.hpp"

#include <algorithm>

namespace cogmill::pipeline {
namespace {

/// A rank that has the node for itself needs all its cores for compression, near or far.
void pin_threads(const Session& s, Run& run) {
  if (s.comm.local_size() == 1) return;
  const auto near = gpu::near_processors(run.choice.device.pci);
  if (static_cast<int>(near.size()) < run.threads) return;
  if (const auto left = gpu::pin_near(near)) run.threads = std::min(run.threads, *left);
}

/// Colours are looked up on the cores. @throws report::UsageError if a device is insisted on
BackendChoice only_cores(const job::Job& job) {
  BackendChoice choice;
  choice.why_cpu = "colours of a colour table are averaged on the cores";
  if (job.run.backend == job::Backend::kCuda)
    throw report::UsageError("--backend cuda: " + choice.why_cpu +
                             "; use --backend auto or cpu, or OVERVIEW_RESAMPLING=NEAREST or MODE");
  return choice;
}

/// Tells why the cores compute, where somebody may have hoped for more.
void note_cpu(const Session& s, Run& run) {
  if (run.choice.cuda || run.choice.why_cpu.empty()) return;
  run.notes.push_back("backend cpu: " + run.choice.why_cpu);
  if (!s.comm.is_root()) return;
  const std::string text = "computing on the CPU: " + run.choice.why_cpu;
  run.choice.notable ? report::log_warning(text) : report::log_info(text);
}

}  // namespace

Run choose_session_backend(const Session& s, const Prepared& p) {
  Run run;
  run.threads = s.threads;
  if (plan::averages_colours(s.job, p.interpretation.image, p.scenes))
    run.choice = only_cores(s.job);
  else
    run.choice = choose_backend(s.job, p.interpretation, s.comm, s.machine);
  note_cpu(s, run);
  if (!run.choice.cuda || run.choice.assumed) return run;
  pin_threads(s, run);
  if (run.choice.sharers > 1)
    run.notes.push_back(std::to_string(run.choice.sharers) + " ranks share " +
                        run.choice.device.name + " " + run.choice.device.uuid);
  return run;
}

void start_session_backend(const Session& s, Run& run) {
  exchange::agree_on(s.comm, [&] {
    run.backend = run.choice.cuda ? make_cuda_backend(run.choice, s.job.run.gpu_memory, run.threads)
                                  : make_cpu_backend(run.choice);
  });
}

void finish_session_backend(const Session& s, Run& run) {
  if (!run.backend) return;  // a rank without a piece
  const bool was_assumed = run.choice.assumed;
  run.choice = run.backend->choice();
  if (was_assumed) note_cpu(s, run);
}

std::string name_of_backend(const BackendChoice& choice) { return choice.cuda ? "cuda" : "cpu"; }

}  // namespace cogmill::pipeline
