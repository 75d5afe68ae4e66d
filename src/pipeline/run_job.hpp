// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/job/job.hpp"

namespace cogmill::pipeline {

/// Does a job that writes an image (calc, convert, mosaic, reproject) with all ranks of `comm`:
/// open, plan, compute, place, write, report. The output has its final name when this returns.
/// *Collective.*
/// @throws report::UsageError and exchange::AgreedError on all ranks alike; anything else on the
/// rank that failed alone: end the job then
void run_job(const job::Job& job, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
