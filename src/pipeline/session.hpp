// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/job/job.hpp"
#include "src/report/resources.hpp"
#include "src/report/trace.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace cogmill::pipeline {

/// The job, the ranks that do it, and what this rank's machine gives: facts from the start on.
struct Session {
  Session(const job::Job& the_job, exchange::Communicator& the_comm);

  const job::Job& job;
  exchange::Communicator& comm;
  const std::chrono::steady_clock::time_point start;
  const std::string started;  ///< ISO 8601, UTC
  const report::Machine machine;
  const int threads;
  const std::int64_t memory_limit;  ///< bytes
  report::Trace trace;

  double seconds() const;  ///< since the start
};

}  // namespace cogmill::pipeline
