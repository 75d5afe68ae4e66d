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
void pin_threads(Session& s) {
  if (s.comm.local_size() == 1) return;
  const auto near = gpu::near_processors(s.choice.device.pci);
  if (static_cast<int>(near.size()) < s.threads) return;
  if (const auto left = gpu::pin_near(near)) s.threads = std::min(s.threads, *left);
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
void note_cpu(Session& s) {
  if (s.choice.cuda || s.choice.why_cpu.empty()) return;
  s.notes.push_back("backend cpu: " + s.choice.why_cpu);
  if (!s.comm.is_root()) return;
  const std::string text = "computing on the CPU: " + s.choice.why_cpu;
  s.choice.notable ? report::log_warning(text) : report::log_info(text);
}

}  // namespace

void choose_session_backend(Session& s, const plan::Interpretation& interpretation) {
  if (plan::averages_colours(s.job, interpretation.image, s.scenes))
    s.choice = only_cores(s.job);
  else
    s.choice = choose_backend(s.job, interpretation, s.comm, s.machine);
  note_cpu(s);
  if (!s.choice.cuda || s.choice.assumed) return;
  pin_threads(s);
  if (s.choice.sharers > 1)
    s.notes.push_back(std::to_string(s.choice.sharers) + " ranks share " + s.choice.device.name +
                      " " + s.choice.device.uuid);
}

void start_session_backend(Session& s) {
  exchange::agree_on(s.comm, [&] {
    s.backend = s.choice.cuda ? make_cuda_backend(s.choice, s.job.run.gpu_memory, s.threads)
                              : make_cpu_backend(s.choice);
  });
}

void finish_session_backend(Session& s) {
  if (!s.backend) return;  // a rank without a piece
  const bool was_assumed = s.choice.assumed;
  s.choice = s.backend->choice();
  if (was_assumed) note_cpu(s);
}

std::string name_of_backend(const BackendChoice& choice) { return choice.cuda ? "cuda" : "cpu"; }

}  // namespace cogmill::pipeline
