// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// A signal to some of the processes of a job.
#include "src/report/interrupt.hpp"
#include "tests/mpi/mpi_main.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace cogmill::exchange {
namespace {

// A barrier, because MPI goes on with a collective that was given up: it has no buffers that would
// be gone by then.
TEST(Interrupt, WaitingForAnotherRankIsGivenUp) {
  const auto comm = tests::make_world();
  if (comm->rank() == comm->size() - 1) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    comm->barrier();
  } else {
    const report::InterruptWatch watch;
    std::raise(SIGTERM);
    EXPECT_THROW(comm->barrier(), report::Interrupted);
  }
  { const report::InterruptWatch forget_the_signal; }
  comm->barrier();
}

}  // namespace
}  // namespace cogmill::exchange
