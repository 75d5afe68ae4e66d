// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mpi.h>

namespace cogmill::launch {

/// @return true if mpirun, mpiexec or srun started this process as one of an MPI job, judged by the
/// variables they set. A process started by hand needs no MPI at all, and starts faster without.
bool started_by_launcher();

/// MPI from start to end of its scope. Everything that owns an MPI object must die before it.
/// If an exception is in flight MPI is left alone: MPI_Finalize would wait for the other ranks,
/// which may be waiting for this one. abort_if_running ends such a job.
class MpiRuntime {
 public:
  /// Asks for MPI_THREAD_SERIALIZED and makes MPI return its errors.
  /// @throws MpiError if MPI cannot start or gives less
  MpiRuntime(int& argc, char**& argv);
  ~MpiRuntime();
  MpiRuntime(const MpiRuntime&) = delete;
  MpiRuntime& operator=(const MpiRuntime&) = delete;

  MPI_Comm world() const { return MPI_COMM_WORLD; }
};

/// Ends all ranks with `exit_code` if MPI is running.
/// @return exit_code, for a process that runs alone
int abort_if_running(int exit_code);

}  // namespace cogmill::launch
