// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Communicator::split, of ranks that may themselves be a part of others.
#include "src/exchange/packing.hpp"
#include "tests/ranks/rank_cases.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::exchange {
namespace {

class SplitTest : public tests::RankTest {};

/// The ranks that a division puts together with `rank`, in the order of their new numbers.
std::vector<int> members(const tests::Division& division, int rank, int size) {
  std::vector<int> together;
  for (int other = 0; other < size; ++other)
    if (division.color(other, size) == division.color(rank, size)) together.push_back(other);
  std::ranges::stable_sort(together, {}, division.key);
  return together;
}

/// A number of each rank, in rank order.
std::vector<int> gather_numbers(Communicator& comm, int mine) {
  std::vector<int> numbers;
  for (const Bytes& bytes : comm.all_gather(pack(std::vector{mine})))
    numbers.push_back(unpack<int>(bytes).at(0));
  return numbers;
}

TEST_P(SplitTest, PartsHaveTheRanksOfTheirColorInTheOrderOfTheirKeys) {
  on_each_rank([](Communicator& comm) {
    for (const tests::Division& division : tests::divisions()) {
      SCOPED_TRACE(division.name);
      const int rank = comm.rank(), size = comm.size();
      const auto color = division.color(rank, size);
      const auto part = comm.split(color, division.key(rank));
      ASSERT_EQ(part != nullptr, color.has_value());
      if (!part) continue;
      const std::vector<int> expected = members(division, rank, size);
      EXPECT_EQ(gather_numbers(*part, rank), expected);
      EXPECT_EQ(part->size(), static_cast<int>(expected.size()));
      EXPECT_EQ(expected.at(static_cast<std::size_t>(part->rank())), rank);
    }
  });
}

TEST_P(SplitTest, LocalRanksAreThoseOfThePart) {
  on_each_rank([](Communicator& comm) {
    const auto part = comm.split(comm.rank() % 2, -comm.rank());
    ASSERT_TRUE(part);
    ASSERT_EQ(comm.local_size(), comm.size()) << "this test needs all ranks on one node";
    EXPECT_EQ(part->local_size(), part->size());
    EXPECT_EQ(part->local_rank(), part->rank());
  });
}

TEST_P(SplitTest, APartOfAllIsAPrivateDuplicate) {
  on_each_rank([](Communicator& comm) {
    const auto twin = comm.split(0, 0);
    ASSERT_TRUE(twin);
    EXPECT_EQ(twin->rank(), comm.rank());
    EXPECT_EQ(twin->size(), comm.size());
    comm.post_progress({1, 0});
    twin->post_progress({10, 0});
    twin->finish_posts();
    comm.finish_posts();
    EXPECT_EQ(comm.collect_progress().tiles, comm.is_root() ? comm.size() - 1 : 0);
    EXPECT_EQ(twin->collect_progress().tiles, comm.is_root() ? 10 * (comm.size() - 1) : 0);
  });
}

TEST_P(SplitTest, PartsDoNotHearOneAnother) {
  on_each_rank([](Communicator& comm) {
    const int color = comm.rank() % 2;
    const auto part = comm.split(color, 0);
    ASSERT_TRUE(part);
    // Not as many collectives in each part, and other messages.
    const std::string text = color == 0 ? "even" : "odd, and longer";
    for (int i = 0; i <= 3 * color; ++i) {
      EXPECT_EQ(unpack_text(part->broadcast(pack_text(text))), text);
      const std::vector<Bytes> send(static_cast<std::size_t>(part->size()), pack_text(text));
      EXPECT_EQ(part->all_to_all(send), send);
      std::vector<std::uint32_t> sum{1U + static_cast<std::uint32_t>(color)};
      part->all_reduce_sum(sum);
      EXPECT_EQ(sum.front(), (color + 1) * part->size());
    }
    part->post_progress({1, color});
    part->finish_posts();
    const ProgressCount count = part->collect_progress();
    EXPECT_EQ(count.tiles, part->is_root() ? part->size() - 1 : 0);
    EXPECT_EQ(count.bytes, color * count.tiles);
  });
}

TEST_P(SplitTest, AFailureStaysInItsPart) {
  on_each_rank([](Communicator& comm) {
    const int color = comm.rank() % 2;
    const auto part = comm.split(color, 0);
    ASSERT_TRUE(part);
    const bool mine_fails = color == 0 && part->size() > 1;
    if (mine_fails && part->rank() == part->size() - 1) part->announce_failure();
    comm.barrier();
    const bool others_fail = mine_fails && part->rank() < part->size() - 1;
    EXPECT_EQ(tests::hears_failure(*part, others_fail), others_fail);
    EXPECT_FALSE(comm.failure_announced());
    part->finish_posts();
    const auto step = [color] {
      if (color == 0) throw std::runtime_error("the even ranks cannot");
    };
    if (color == 0)
      EXPECT_THROW(agree_on(*part, step), AgreedError);
    else
      EXPECT_NO_THROW(agree_on(*part, step));
    agree(comm, std::nullopt);
  });
}

TEST_P(SplitTest, APartIsSplitAgainAndOutlivesWhereItComesFrom) {
  on_each_rank([](Communicator& comm) {
    std::unique_ptr<Communicator> part = comm.split(0, -comm.rank());
    ASSERT_TRUE(part);
    const auto inner = part->split(part->rank() % 2, 0);
    part.reset();
    ASSERT_TRUE(inner);
    const auto seen = gather_numbers(*inner, comm.rank());
    std::vector<int> expected;
    for (int rank = comm.size() - 1; rank >= 0; --rank)
      if (rank % 2 == comm.rank() % 2) expected.push_back(rank);
    EXPECT_EQ(seen, expected);
  });
}

TEST_P(SplitTest, NobodyNeedsToTakePart) {
  on_each_rank([](Communicator& comm) {
    EXPECT_FALSE(comm.split(std::nullopt, 0));
    comm.barrier();
  });
}

TEST_P(SplitTest, ANegativeColorFailsOnAllRanks) {
  on_each_rank([](Communicator& comm) {
    const int color = comm.rank() == comm.size() - 1 ? -3 : 0;
    try {
      const auto part = comm.split(color, 0);
      FAIL() << "nobody noticed";
    } catch (const AgreedError& e) {
      EXPECT_NE(std::string(e.what()).find("negative color -3"), std::string::npos) << e.what();
    }
    EXPECT_TRUE(comm.split(0, 0)) << "and all can go on";
  });
}

INSTANTIATE_TEST_SUITE_P(Of, SplitTest, testing::ValuesIn(tests::ranks_to_test()), tests::name_of);

}  // namespace
}  // namespace cogmill::exchange
