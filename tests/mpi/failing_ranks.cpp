// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Not a test: check_failing_ranks.py runs these, which fail on purpose, and reads what is printed.
#include "tests/mpi/mpi_main.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace cogmill::tests {
namespace {

bool is_last(const exchange::Communicator& comm) { return comm.rank() == comm.size() - 1; }

TEST(Failing, AllPass) { EXPECT_GE(make_world()->size(), 1); }

TEST(Failing, LastExpectsOtherwise) {
  const auto comm = make_world();
  if (is_last(*comm)) {
    EXPECT_EQ(comm->rank() + 1000, 17) << "first of two";
    EXPECT_TRUE(false) << "second of two,\nin two lines";
  }
}

TEST(Failing, RootSkipsAndLastFails) {
  const auto comm = make_world();
  if (comm->is_root()) GTEST_SKIP() << "not here";
  ASSERT_FALSE(is_last(*comm)) << "nobody skips this text";
}

TEST(Failing, LastThrows) {
  const auto comm = make_world();
  if (is_last(*comm)) throw std::runtime_error("thrown by the last");
}

TEST(Failing, RootFailsAlone) {
  const auto comm = make_world();
  EXPECT_FALSE(comm->is_root()) << "printed once";
}

TEST(Failing, PassesBehindAllThat) { make_world()->barrier(); }

class FailingSuite : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    EXPECT_FALSE(is_last(*make_world())) << "failed before its tests";
  }
};

TEST_F(FailingSuite, HasATest) {}

TEST(Hanging, LastFailsWhileTheOthersWaitForIt) {
  const auto comm = make_world();
  ASSERT_FALSE(is_last(*comm)) << "heard from where it hangs";
  comm->barrier();
}

}  // namespace
}  // namespace cogmill::tests
