// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/session.hpp"

#include "src/pipeline/binding.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace cogmill::pipeline {
namespace {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

/// Three quarters of the node's memory, shared by its ranks: page cache and others need the rest.
std::int64_t default_memory(const report::Machine& machine, const exchange::Communicator& comm) {
  constexpr std::int64_t kUnknown = std::int64_t{4} << 30;
  const std::int64_t total = machine.memory_bytes > 0 ? machine.memory_bytes : kUnknown;
  return total / 4 * 3 / comm.local_size();
}

}  // namespace

Session::Session(const job::Job& the_job, exchange::Communicator& the_comm)
    : job(the_job),
      comm(the_comm),
      start(std::chrono::steady_clock::now()),
      started(utc_now()),
      machine(report::read_machine()),
      threads(job.run.threads.value_or(
          job.creation.num_threads.value_or(default_threads(machine, comm.local_size())))),
      memory_limit(job.run.memory.value_or(default_memory(machine, comm))),
      trace(the_job.run.trace.has_value()) {}

double Session::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace cogmill::pipeline
