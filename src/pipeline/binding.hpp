// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/report/resources.hpp"

#include <optional>
#include <string>

namespace cogmill::pipeline {

/// Threads for a rank when nobody asks for a number: all cores that a launcher has bound it to, for
/// then they are its own; else its share of the node's.
/// @param local_ranks ranks on this node
int default_threads(const report::Machine& machine, int local_ranks);

/// What to tell about ranks that mpirun has bound to so few processors that others stay idle: Open
/// MPI binds each of one or two ranks to a single core unless it is told otherwise.
/// @param threads that the command line asks for
/// @return empty if there is nothing to tell: all are used, or no more are wanted
std::string binding_advice(const report::Machine& machine, int local_ranks,
                           const std::optional<int>& threads);

/// @return true if the binding of this process is mpirun's choice. Under Slurm it is the
/// allocation.
bool is_bound_by_mpirun();

}  // namespace cogmill::pipeline
