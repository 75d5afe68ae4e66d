// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/packing.hpp"
#include "tests/mpi/mpi_main.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

namespace cogmill::exchange {
namespace {

/// A message whose content and length tell who sent it to whom.
Bytes message(int from, int to) {
  std::vector<std::int32_t> values(static_cast<std::size_t>(from * 3 + to));
  std::iota(values.begin(), values.end(), from * 1000 + to);
  return pack(values);
}

TEST(Communicator, BroadcastGivesRootsBytes) {
  auto& comm = tests::world();
  const Bytes got =
      comm.broadcast(comm.is_root() ? pack_text("from root") : pack_text("mine, longer"));
  EXPECT_EQ(unpack_text(got), "from root");
  EXPECT_TRUE(comm.broadcast({}).empty());
}

TEST(Communicator, GatherIsInRankOrder) {
  auto& comm = tests::world();
  const auto all = comm.gather(message(comm.rank(), 7));
  ASSERT_EQ(all.size(), comm.is_root() ? static_cast<std::size_t>(comm.size()) : 0U);
  for (std::size_t r = 0; r < all.size(); ++r) EXPECT_EQ(all[r], message(static_cast<int>(r), 7));
  const auto everywhere = comm.all_gather(message(comm.rank(), 1));
  ASSERT_EQ(everywhere.size(), static_cast<std::size_t>(comm.size()));
  for (std::size_t r = 0; r < everywhere.size(); ++r)
    EXPECT_EQ(everywhere[r], message(static_cast<int>(r), 1));
}

TEST(Communicator, AllToAllDeliversEachMessage) {
  auto& comm = tests::world();
  std::vector<Bytes> send;
  for (int to = 0; to < comm.size(); ++to) send.push_back(message(comm.rank(), to));
  const auto got = comm.all_to_all(std::move(send));
  for (int from = 0; from < comm.size(); ++from)
    EXPECT_EQ(got[static_cast<std::size_t>(from)], message(from, comm.rank()));
}

TEST(Communicator, SumsArrays) {
  auto& comm = tests::world();
  std::vector<std::uint32_t> values(1000, 0);
  for (std::size_t i = static_cast<std::size_t>(comm.rank()); i < values.size();
       i += static_cast<std::size_t>(comm.size()))
    values[i] = static_cast<std::uint32_t>(i);
  comm.all_reduce_sum(values);
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(values[i], i);
}

TEST(Agree, TheLowestFailingRankSpeaks) {
  auto& comm = tests::world();
  agree(comm, std::nullopt);
  const int last = comm.size() - 1;
  try {
    agree_on(comm, [&] {
      if (comm.rank() == last || comm.rank() == last - 1)
        throw std::runtime_error("rank " + std::to_string(comm.rank()) + " cannot");
    });
    FAIL() << "nobody noticed";
  } catch (const AgreedError& e) {
    EXPECT_EQ(std::string(e.what()), "rank " + std::to_string(std::max(0, last - 1)) + " cannot");
  }
}

TEST(Agree, AnEmptyMessageIsAFailureToo) {
  EXPECT_THROW(agree(tests::world(), Failure{""}), AgreedError);
}

TEST(Progress, RootLearnsTheLastCountOfEveryRank) {
  auto& comm = tests::world();
  for (std::int64_t i = 1; i <= 50; ++i) {
    comm.post_progress({i, 10 * i});
    comm.collect_progress();
  }
  comm.finish_progress();
  const ProgressCount others = comm.collect_progress();
  comm.barrier();  // the messages of the next test come behind
  if (!comm.is_root()) return;
  // Messages may be dropped while another is under way, but never overtake one another.
  EXPECT_LE(others.tiles, 50 * (comm.size() - 1));
  EXPECT_GE(others.tiles, comm.size() - 1);
  EXPECT_EQ(others.bytes, 10 * others.tiles);
}

TEST(Interrupt, WaitingForAnotherRankIsGivenUp) {
  auto& comm = tests::world();
  const int late = comm.size() - 1;
  if (comm.rank() == late) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    comm.barrier();
  } else {
    const report::InterruptWatch watch;
    std::raise(SIGTERM);
    EXPECT_THROW(comm.barrier(), report::Interrupted);
  }
  { const report::InterruptWatch forget_the_signal; }
  comm.barrier();
}

TEST(Interrupt, RootHearsThatAnotherRankHasFailed) {
  auto& comm = tests::world();
  EXPECT_FALSE(comm.failure_announced());
  comm.barrier();
  comm.announce_failure();
  comm.barrier();
  EXPECT_EQ(comm.failure_announced(), comm.is_root() && comm.size() > 1);
}

TEST(Progress, NothingIsLostWhereNoMessageIsUnderWay) {
  auto& comm = tests::world();
  for (std::int64_t i = 1; i <= 3; ++i) {
    comm.post_progress({i, 0});
    comm.barrier();
    const ProgressCount others = comm.collect_progress();
    if (comm.is_root()) {
      EXPECT_EQ(others.tiles, i * (comm.size() - 1));
    }
    comm.barrier();
  }
  comm.finish_progress();
}

TEST(Node, LocalRanksFitTheWorld) {
  auto& comm = tests::world();
  EXPECT_GE(comm.local_rank(), 0);
  EXPECT_LT(comm.local_rank(), comm.local_size());
  EXPECT_LE(comm.local_size(), comm.size());
}

}  // namespace
}  // namespace cogmill::exchange
