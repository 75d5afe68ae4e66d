// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// What run_ranks makes of ranks that fail, end early or disagree. tests/ranks has what works.
#include "src/report/interrupt.hpp"
#include "tests/support/thread_ranks.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cogmill::tests {
namespace {

using exchange::Bytes;
using exchange::Communicator;

/// A collective and what it is called in messages.
using Collective = std::pair<std::string, void (*)(Communicator&)>;

const std::vector<Collective> kCollectives = {
    {"barrier", [](Communicator& comm) { comm.barrier(); }},
    {"broadcast", [](Communicator& comm) { comm.broadcast({}); }},
    {"gather", [](Communicator& comm) { comm.gather({}); }},
    {"all_gather", [](Communicator& comm) { comm.all_gather({}); }},
    {"all_to_all",
     [](Communicator& comm) {
       comm.all_to_all(std::vector<Bytes>(static_cast<std::size_t>(comm.size())));
     }},
    {"all_reduce_sum", [](Communicator& comm) { comm.all_reduce_sum({}); }},
    {"finish_posts", [](Communicator& comm) { comm.finish_posts(); }},
    {"split", [](Communicator& comm) { comm.split(0, 0); }},
};

/// The text of the exception of type E that the ranks end with.
template <class E>
std::string failure_of(int ranks, const RankBody& body) {
  try {
    run_ranks(ranks, body);
  } catch (const E& e) {
    return e.what();
  } catch (const std::exception& e) {
    ADD_FAILURE() << "of another type: " << e.what();
    return "";
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

TEST(ThreadRanks, EachRankRunsOnce) {
  std::array<std::atomic<int>, 5> runs{};
  run_ranks(5, [&](Communicator& comm) {
    EXPECT_EQ(comm.size(), 5);
    ++runs[static_cast<std::size_t>(comm.rank())];
  });
  for (const auto& count : runs) EXPECT_EQ(count, 1);
}

TEST(ThreadRanks, TheOthersWaitInVainForARankThatThrows) {
  for (const auto& [name, collective] : kCollectives)
    for (const int failing : {0, 1, 3}) {
      SCOPED_TRACE(name);
      std::atomic<int> told = 0;
      const auto text =
          failure_of<std::runtime_error>(4, [&, call = collective](Communicator& comm) {
            comm.barrier();
            if (comm.rank() == failing) throw std::runtime_error("cannot");
            try {
              call(comm);
            } catch (const WaitsInVain&) {
              ++told;
              throw;
            }
          });
      EXPECT_EQ(text, "cannot");  // and not what follows from it on a lower rank
      EXPECT_EQ(told, 3);
    }
}

TEST(ThreadRanks, TheLowestRankThatThrowsIsHeard) {
  const auto text = failure_of<std::runtime_error>(5, [](Communicator& comm) {
    if (comm.rank() >= 2) throw std::runtime_error("rank " + std::to_string(comm.rank()));
    comm.barrier();
  });
  EXPECT_EQ(text, "rank 2");
}

TEST(ThreadRanks, WaitingForARankThatHasReturnedIsInVain) {
  const auto text = failure_of<WaitsInVain>(3, [](Communicator& comm) {
    if (comm.rank() != 1) comm.barrier();
  });
  EXPECT_EQ(text, "rank 1 has ended without barrier");
}

TEST(ThreadRanks, WhatHasBeenSentArrivesThoughTheSenderEnds) {
  EXPECT_EQ(failure_of<std::runtime_error>(3,
                                           [](Communicator& comm) {
                                             comm.all_gather({});
                                             if (comm.rank() == 0)
                                               throw std::runtime_error("after it");
                                           }),
            "after it");
}

TEST(ThreadRanks, AFailureEndsTheWaitingInPartsToo) {
  const auto text = failure_of<std::runtime_error>(5, [](Communicator& comm) {
    const auto part = comm.split(comm.rank() % 2, 0);
    const auto inner = part->split(0, -part->rank());
    if (comm.rank() == 4) throw std::runtime_error("the last even one");
    inner->barrier();  // the odd ones do not need it
    EXPECT_EQ(comm.rank() % 2, 1);
    comm.barrier();
    ADD_FAILURE() << "went on without a rank";
  });
  EXPECT_EQ(text, "the last even one");
}

TEST(ThreadRanks, RanksThatWaitForOneAnotherAreFreed) {
  const auto text = failure_of<WaitsInVain>(4, [](Communicator& comm) {
    const auto pair = comm.split(comm.rank() / 2, 0);
    if (comm.rank() == 0)
      comm.barrier();
    else
      pair->barrier();
    comm.barrier();
  });
  EXPECT_FALSE(text.empty());
}

TEST(ThreadRanks, CallingDifferentCollectivesIsAnError) {
  const auto text = failure_of<std::logic_error>(3, [](Communicator& comm) {
    if (comm.rank() == 2)
      comm.barrier();
    else
      comm.all_gather({});
  });
  EXPECT_NE(text.find("barrier"), std::string::npos) << text;
  EXPECT_NE(text.find("all_gather"), std::string::npos) << text;
}

TEST(ThreadRanks, ArraysOfDifferentLengthsAreNotSummed) {
  failure_of<std::logic_error>(2, [](Communicator& comm) {
    std::vector<std::uint32_t> values(static_cast<std::size_t>(comm.rank()) + 1);
    comm.all_reduce_sum(values);
  });
}

TEST(ThreadRanks, ASignalInterruptsAllThatWait) {
  for (const auto& [name, collective] : kCollectives) {
    SCOPED_TRACE(name);
    const report::InterruptWatch watch;
    std::atomic<int> interrupted = 0;
    run_ranks(3, [&, call = collective](Communicator& comm) {
      if (comm.rank() == 2) {
        std::raise(SIGTERM);
        while (interrupted < 2) std::this_thread::yield();
        return;
      }
      EXPECT_THROW(call(comm), report::Interrupted);
      ++interrupted;
    });
    EXPECT_EQ(interrupted, 2);
  }
  const report::InterruptWatch forget_the_signal;
}

TEST(ThreadRanks, AFailedExpectationNamesItsRank) {
  testing::TestPartResultArray results;
  {
    const testing::ScopedFakeTestPartResultReporter reporter(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ALL_THREADS, &results);
    run_ranks(3, [](Communicator& comm) { EXPECT_NE(comm.rank(), 1); });
  }
  ASSERT_EQ(results.size(), 1);
  EXPECT_NE(std::string(results.GetTestPartResult(0).message()).find("rank 1 of 3 threads"),
            std::string::npos);
}

}  // namespace
}  // namespace cogmill::tests
