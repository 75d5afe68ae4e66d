// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/mpi/mpi_main.hpp"

#include "launch/mpi_check.hpp"
#include "launch/mpi_runtime.hpp"
#include "tests/mpi/share_failures.hpp"

#include <gtest/gtest.h>

namespace cogmill::tests {
namespace {

MPI_Comm the_world = MPI_COMM_NULL;  // of main, for the tests

}  // namespace

std::unique_ptr<exchange::Communicator> make_world(std::size_t piece_bytes) {
  return exchange::make_mpi_communicator(the_world, piece_bytes);
}

}  // namespace cogmill::tests

/// Rank 0 prints what has failed on any rank; the exit code is the worst of all ranks.
int main(int argc, char** argv) {
  const cogmill::launch::MpiRuntime mpi(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  cogmill::tests::the_world = mpi.world();
  int failed = 0;
  {
    const auto comm = cogmill::tests::make_world();
    cogmill::tests::share_failures(*comm);
    failed = RUN_ALL_TESTS();
    cogmill::launch::mpi_check(
        MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_MAX, mpi.world()));
  }
  return failed;
}
