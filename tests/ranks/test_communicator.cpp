// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/packing.hpp"
#include "tests/ranks/rank_cases.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

namespace cogmill::exchange {
namespace {

/// Bytes that tell who sent them to whom.
Bytes message(int from, int to, std::size_t bytes) {
  Bytes data(bytes);
  for (std::size_t i = 0; i < bytes; ++i)
    data[i] = static_cast<std::byte>(i * 7 + static_cast<std::size_t>(from * 31 + to * 5));
  return data;
}

/// Another length for each pair of ranks, some of them 0.
Bytes message(int from, int to) {
  return message(from, to, static_cast<std::size_t>(from * 12 + to * 4));
}

/// None, one byte, and around the pieces that messages are sent in where tests make those short.
constexpr std::array<std::size_t, 7> kLengths = {0, 1, 999, 1000, 1001, 4000, 50'001};

class CommunicatorTest : public tests::RankTest {};

TEST_P(CommunicatorTest, RanksAreNumbered) {
  on_each_rank([](Communicator& comm) {
    EXPECT_GE(comm.rank(), 0);
    EXPECT_LT(comm.rank(), comm.size());
    EXPECT_EQ(comm.is_root(), comm.rank() == 0);
    EXPECT_GE(comm.local_rank(), 0);
    EXPECT_LT(comm.local_rank(), comm.local_size());
    EXPECT_LE(comm.local_size(), comm.size());
    const auto all = comm.all_gather(pack(std::vector{comm.rank()}));
    for (std::size_t r = 0; r < all.size(); ++r)
      EXPECT_EQ(unpack<int>(all[r]), std::vector{static_cast<int>(r)});
  });
}

TEST_P(CommunicatorTest, BroadcastGivesRootsBytes) {
  on_each_rank([](Communicator& comm) {
    const Bytes got =
        comm.broadcast(comm.is_root() ? pack_text("from root") : pack_text("mine, longer"));
    EXPECT_EQ(unpack_text(got), "from root");
    for (const std::size_t bytes : kLengths)
      EXPECT_EQ(comm.broadcast(message(comm.rank(), 3, bytes)), message(0, 3, bytes));
  });
}

TEST_P(CommunicatorTest, GatherIsInRankOrder) {
  on_each_rank([](Communicator& comm) {
    const auto all = comm.gather(message(comm.rank(), 7));
    ASSERT_EQ(all.size(), comm.is_root() ? static_cast<std::size_t>(comm.size()) : 0U);
    for (std::size_t r = 0; r < all.size(); ++r) EXPECT_EQ(all[r], message(static_cast<int>(r), 7));
    const auto everywhere = comm.all_gather(message(comm.rank(), 0));
    ASSERT_EQ(everywhere.size(), static_cast<std::size_t>(comm.size()));
    for (std::size_t r = 0; r < everywhere.size(); ++r)
      EXPECT_EQ(everywhere[r], message(static_cast<int>(r), 0));
  });
}

TEST_P(CommunicatorTest, AllToAllDeliversEachMessage) {
  on_each_rank([](Communicator& comm) {
    std::vector<Bytes> send;
    for (int to = 0; to < comm.size(); ++to) send.push_back(message(comm.rank(), to));
    const auto got = comm.all_to_all(std::move(send));
    ASSERT_EQ(got.size(), static_cast<std::size_t>(comm.size()));
    for (int from = 0; from < comm.size(); ++from)
      EXPECT_EQ(got[static_cast<std::size_t>(from)], message(from, comm.rank()));
  });
}

TEST_P(CommunicatorTest, MessagesOfAnyLengthArrive) {
  on_each_rank([](Communicator& comm) {
    const auto ranks = static_cast<std::size_t>(comm.size());
    for (const std::size_t bytes : kLengths) {
      // Only some have something to say, and only to some.
      const auto length = [bytes](int from, int to) { return (from + to) % 2 == 0 ? bytes : 0; };
      std::vector<Bytes> send;
      for (int to = 0; to < comm.size(); ++to)
        send.push_back(message(comm.rank(), to, length(comm.rank(), to)));
      const auto got = comm.all_to_all(send);
      const auto everywhere = comm.all_gather(send.front());
      const auto on_root = comm.gather(send.front());
      ASSERT_EQ(got.size(), ranks);
      ASSERT_EQ(everywhere.size(), ranks);
      for (int from = 0; from < comm.size(); ++from) {
        const auto f = static_cast<std::size_t>(from);
        const int to = comm.rank();
        EXPECT_EQ(got[f], message(from, to, length(from, to)));
        EXPECT_EQ(everywhere[f], message(from, 0, length(from, 0)));
      }
      EXPECT_EQ(on_root, comm.is_root() ? everywhere : std::vector<Bytes>());
    }
  });
}

TEST_P(CommunicatorTest, SumsArraysOfAnyLength) {
  on_each_rank([](Communicator& comm) {
    for (const std::size_t length : kLengths) {
      std::vector<std::uint32_t> values(length, 1);
      for (std::size_t i = static_cast<std::size_t>(comm.rank()); i < values.size();
           i += static_cast<std::size_t>(comm.size()))
        values[i] += static_cast<std::uint32_t>(i);
      comm.all_reduce_sum(values);
      std::vector<std::uint32_t> expected(length);
      std::iota(expected.begin(), expected.end(), static_cast<std::uint32_t>(comm.size()));
      EXPECT_EQ(values, expected);
    }
  });
}

TEST_P(CommunicatorTest, TheLowestFailingRankSpeaks) {
  on_each_rank([](Communicator& comm) {
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
    agree(comm, std::nullopt);  // and all can go on
  });
}

TEST_P(CommunicatorTest, AWrongCommandLineIsAgreedOnWithItsDetail) {
  on_each_rank([](Communicator& comm) {
    try {
      agree_on(comm, [&] {
        if (comm.rank() == comm.size() - 1) throw report::UsageError("no such option", "  ^");
      });
      FAIL() << "nobody noticed";
    } catch (const report::UsageError& e) {
      EXPECT_EQ(std::string(e.what()), "no such option");
      EXPECT_EQ(e.detail(), "  ^");
    }
  });
}

TEST_P(CommunicatorTest, AnEmptyMessageIsAFailureToo) {
  on_each_rank([](Communicator& comm) { EXPECT_THROW(agree(comm, Failure{""}), AgreedError); });
}

TEST_P(CommunicatorTest, RootLearnsTheLastCountOfEveryRank) {
  on_each_rank([](Communicator& comm) {
    for (std::int64_t i = 1; i <= 50; ++i) {
      comm.post_progress({i, 10 * i});
      comm.collect_progress();
    }
    comm.finish_posts();
    const ProgressCount others = comm.collect_progress();
    if (!comm.is_root()) {
      EXPECT_EQ(others.tiles, 0);
      return;
    }
    // Messages may be dropped while another is under way, but never overtake one another.
    EXPECT_LE(others.tiles, 50 * (comm.size() - 1));
    EXPECT_GE(others.tiles, comm.size() - 1);
    EXPECT_EQ(others.bytes, 10 * others.tiles);
  });
}

TEST_P(CommunicatorTest, NoProgressIsLostWhereNoMessageIsUnderWay) {
  on_each_rank([](Communicator& comm) {
    for (std::int64_t i = 1; i <= 3; ++i) {
      comm.post_progress({i, 0});
      comm.finish_posts();
      const ProgressCount others = comm.collect_progress();
      EXPECT_EQ(others.tiles, comm.is_root() ? i * (comm.size() - 1) : 0);
      comm.barrier();  // the next messages come behind
    }
  });
}

TEST_P(CommunicatorTest, ProgressArrivesWhileTheOthersWork) {
  on_each_rank([](Communicator& comm) {
    comm.post_progress({1, 2});
    while (comm.is_root() && comm.collect_progress().tiles < comm.size() - 1)
      std::this_thread::yield();
    comm.finish_posts();
    EXPECT_EQ(comm.collect_progress().bytes, comm.is_root() ? 2 * (comm.size() - 1) : 0);
  });
}

TEST_P(CommunicatorTest, AllHearThatAnotherRankHasFailed) {
  on_each_rank([](Communicator& comm) {
    for (int failing = comm.size() - 1; failing >= 0; --failing) {
      EXPECT_FALSE(comm.failure_announced());
      comm.barrier();
      if (comm.rank() == failing) comm.announce_failure();
      const bool other = comm.rank() != failing;
      EXPECT_EQ(tests::hears_failure(comm, other), other);
      EXPECT_EQ(comm.failure_announced(), other) << "asked again";
      comm.finish_posts();
    }
  });
}

TEST_P(CommunicatorTest, FailuresThatNobodyHasHeardAreForgotten) {
  on_each_rank([](Communicator& comm) {
    for (int times = 1; times < 4; ++times) {
      for (int i = 0; i < times; ++i) comm.announce_failure();
      comm.finish_posts();
      EXPECT_FALSE(comm.failure_announced());
      comm.barrier();
    }
  });
}

TEST_P(CommunicatorTest, AConsequenceIsNotTheReason) {
  on_each_rank([](Communicator& comm) {
    const auto step = [&] {
      if (comm.rank() == comm.size() - 1) throw std::runtime_error("the disk is full");
      throw OtherRankFailed();
    };
    try {
      agree_on(comm, step);
      FAIL();
    } catch (const AgreedError& e) {
      EXPECT_STREQ(e.what(), "the disk is full");
    }
    EXPECT_THROW(agree_on(comm, [] { throw OtherRankFailed(); }), OtherRankFailed);
  });
}

INSTANTIATE_TEST_SUITE_P(On, CommunicatorTest, testing::ValuesIn(tests::ranks_to_test()),
                         tests::name_of);

}  // namespace
}  // namespace cogmill::exchange
