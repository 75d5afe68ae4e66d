// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace cogmill::exchange {

/// The MPI library and what it gives this process.
struct MpiFacts {
  std::string version;             ///< "Open MPI v4.1.4"
  bool running = false;            ///< a launcher has started this process as one of a job
  std::string threads;             ///< "MPI_THREAD_SERIALIZED"; empty if it is not running
  std::optional<bool> cuda_aware;  ///< takes device memory; nothing: the library cannot be asked
};

/// Local.
MpiFacts read_mpi_facts();

}  // namespace cogmill::exchange
