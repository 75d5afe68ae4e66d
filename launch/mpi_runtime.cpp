// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "launch/mpi_runtime.hpp"

#include "launch/mpi_check.hpp"

#include <array>
#include <cstdlib>
#include <exception>

namespace cogmill::launch {

bool started_by_launcher() {
  // Open MPI, PMIx (Open MPI 5, srun --mpi=pmix), MPICH and Intel MPI (Hydra, srun --mpi=pmi2).
  constexpr std::array kVariables = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_FD",
                                     "MPI_LOCALRANKID"};
  for (const char* name : kVariables)
    if (std::getenv(name) != nullptr) return true;
  return false;
}

MpiRuntime::MpiRuntime(int& argc, char**& argv) {
  int provided = MPI_THREAD_SINGLE;
  mpi_check(MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &provided));
  mpi_check(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN));
  if (provided < MPI_THREAD_SERIALIZED)
    throw MpiError(
        "this MPI library gives no thread support (MPI_THREAD_SERIALIZED): use another build");
}

MpiRuntime::~MpiRuntime() {
  // A status of MPI_Finalize has nobody left to act on it.
  if (std::uncaught_exceptions() == 0) static_cast<void>(MPI_Finalize());
}

int abort_if_running(int exit_code) {
  int started = 0;
  int ended = 0;
  if (MPI_Initialized(&started) == MPI_SUCCESS && MPI_Finalized(&ended) == MPI_SUCCESS &&
      started != 0 && ended == 0)
    static_cast<void>(MPI_Abort(MPI_COMM_WORLD, exit_code));
  return exit_code;
}

}  // namespace cogmill::launch
