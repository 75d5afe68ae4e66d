// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/job/job.hpp"
#include "src/pipeline/backend.hpp"
#include "src/plan/operation.hpp"
#include "src/report/resources.hpp"

namespace cogmill::pipeline {

/// Binds each rank to a device (gpu::choose_ordinal), unless --backend cpu. All ranks compute on
/// devices or none does: with auto a rank without one, or a job too small to be worth the start of
/// a device, brings all to their cores. A single rank on a machine with a driver takes for granted
/// that there is one, and finds out while it reads. *Collective.*
/// @throws exchange::AgreedError naming the reason, if --backend cuda and a rank has no device
BackendChoice choose_backend(const job::Job& job, const plan::Interpretation& interpretation,
                             exchange::Communicator& comm, const report::Machine& machine);

/// The device of a rank, or why it has none. Asks the driver, which takes up to half a second.
/// Never throws but for lack of memory.   @param local_rank on its node
BackendChoice look_for_device(int local_rank);

}  // namespace cogmill::pipeline
