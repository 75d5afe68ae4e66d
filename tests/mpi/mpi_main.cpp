// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/mpi/mpi_main.hpp"

#include "launch/mpi_check.hpp"
#include "launch/mpi_runtime.hpp"
#include "src/exchange/mpi_communicator.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <memory>

namespace cogmill::tests {
namespace {

exchange::Communicator* the_world = nullptr;  // lives in main, for the tests

}  // namespace

exchange::Communicator& world() { return *the_world; }

}  // namespace cogmill::tests

/// Rank 0 prints; the exit code is the worst of all ranks, so that a failure anywhere is a failure.
int main(int argc, char** argv) {
  const cogmill::launch::MpiRuntime mpi(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  const auto comm = cogmill::exchange::make_mpi_communicator(mpi.world());
  cogmill::tests::the_world = comm.get();
  if (!comm->is_root()) {
    auto& listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
  }
  int failed = RUN_ALL_TESTS();
  if (failed != 0 && !comm->is_root()) std::fprintf(stderr, "rank %d failed\n", comm->rank());
  cogmill::launch::mpi_check(
      MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_MAX, mpi.world()));
  return failed;
}
