// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/binding.hpp"

#include <algorithm>
#include <cstdlib>

namespace cogmill::pipeline {
namespace {

bool is_bound(const report::Machine& machine) {
  return machine.logical_cores < machine.launcher_cores;
}

std::string count(int number, const char* thing) {
  return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

}  // namespace

int default_threads(const report::Machine& machine, int local_ranks) {
  return std::max(1,
                  is_bound(machine) ? machine.logical_cores : machine.logical_cores / local_ranks);
}

std::string binding_advice(const report::Machine& machine, int local_ranks,
                           const std::optional<int>& threads) {
  const int idle = machine.launcher_cores - local_ranks * machine.logical_cores;
  const bool enough = threads && *threads <= machine.logical_cores;
  if (!is_bound(machine) || idle <= 0 || enough) return {};
  // mpirun counts cores, not their hardware threads.
  const int cores = machine.launcher_cores * machine.physical_cores / machine.logical_cores;
  const int share = std::max(1, cores / local_ranks);
  return "mpirun has bound " + std::string(local_ranks == 1 ? "this rank" : "each rank") + " to " +
         count(machine.logical_cores, "processor") + ", and " + std::to_string(idle) + " of " +
         count(machine.launcher_cores, "processor") + " of " + machine.hostname +
         " stay idle: use mpirun --bind-to none, or --map-by slot:PE=" + std::to_string(share);
}

bool is_bound_by_mpirun() {
  return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr && std::getenv("SLURM_JOB_ID") == nullptr;
}

}  // namespace cogmill::pipeline
