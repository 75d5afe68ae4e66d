// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "launch/mpi_runtime.hpp"
#include "src/cli/run.hpp"
#include "src/exchange/mpi_communicator.hpp"
#include "src/report/error.hpp"
#include "src/report/interrupt.hpp"

#include <memory>
#include <optional>
#include <string>

int main(int argc, char** argv) {
  std::string rank;  // named in the message of a rank that fails alone
  try {
    std::optional<cogmill::launch::MpiRuntime> mpi;
    if (cogmill::launch::started_by_launcher()) mpi.emplace(argc, argv);
    const auto comm = mpi ? cogmill::exchange::make_mpi_communicator(mpi->world())
                          : cogmill::exchange::make_local_communicator();
    if (comm->size() > 1) rank = " (rank " + std::to_string(comm->rank()) + ")";
    return cogmill::cli::run(argc, argv, *comm);
  } catch (const cogmill::report::Interrupted&) {  // and root has said so
    cogmill::launch::abort_if_running(1);
    return cogmill::report::end_by_signal();
  } catch (const std::exception& e) {
    cogmill::report::print_error(e.what() + rank);
    return cogmill::launch::abort_if_running(1);
  }
}
