// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/thread_ranks.hpp"

#include "src/exchange/packing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cogmill::tests {
namespace {

using exchange::Bytes;
using exchange::ProgressCount;

class ThreadCommunicator final : public exchange::Communicator {
 public:
  ThreadCommunicator(std::shared_ptr<RankGroup> group, int rank)
      : group_(std::move(group)),
        rank_(rank),
        forgotten_(static_cast<std::size_t>(group_->size())) {}

  int rank() const override { return rank_; }
  int size() const override { return group_->size(); }
  int local_rank() const override { return rank(); }
  int local_size() const override { return size(); }
  void barrier() override { group_->meet(rank_, "barrier", {}); }
  Bytes broadcast(Bytes data) override;
  std::vector<Bytes> gather(std::span<const std::byte> data) override;
  std::vector<Bytes> all_gather(std::span<const std::byte> data) override;
  std::vector<Bytes> all_to_all(std::vector<Bytes> send) override;
  void all_reduce_sum(std::span<std::uint32_t> values) override;
  void post_progress(const ProgressCount& count) override {
    if (!is_root()) group_->post(rank_, count);
  }
  ProgressCount collect_progress() override {
    return is_root() ? group_->posted() : ProgressCount{};
  }
  void announce_failure() noexcept override { group_->announce(rank_); }
  bool failure_announced() override;
  void finish_posts() override;

 private:
  /// Brings one message and takes that which each rank has brought for `to`.
  std::vector<Bytes> meet_and_take(const std::string& name, std::vector<Bytes> mine,
                                   std::size_t to);
  std::unique_ptr<Communicator> make_part(std::optional<int> color, int key) override;

  std::shared_ptr<RankGroup> group_;
  int rank_;
  std::vector<std::uint32_t> forgotten_;  ///< failures of each rank before the last finish_posts
};

bool ThreadCommunicator::failure_announced() {
  auto news = group_->announced();
  news[static_cast<std::size_t>(rank_)] = forgotten_[static_cast<std::size_t>(rank_)];
  return news != forgotten_;
}

void ThreadCommunicator::finish_posts() {
  // A rank may announce the next failure before another has woken up: what counts is what was
  // brought.
  const auto mine = group_->announced()[static_cast<std::size_t>(rank_)];
  const auto all = meet_and_take("finish_posts", {exchange::pack(std::vector{mine})}, 0);
  for (std::size_t r = 0; r < all.size(); ++r)
    forgotten_[r] = exchange::unpack<std::uint32_t>(all[r]).front();
}

std::vector<Bytes> ThreadCommunicator::meet_and_take(const std::string& name,
                                                     std::vector<Bytes> mine, std::size_t to) {
  const auto meeting = group_->meet(rank_, name, std::move(mine));
  std::vector<Bytes> taken;
  for (const auto& brought : meeting->brought) taken.push_back(brought->at(to));
  return taken;
}

Bytes ThreadCommunicator::broadcast(Bytes data) {
  const auto meeting = group_->meet(rank_, "broadcast", {std::move(data)});
  return meeting->brought.front()->front();
}

std::vector<Bytes> ThreadCommunicator::gather(std::span<const std::byte> data) {
  auto all = meet_and_take("gather", {Bytes(data.begin(), data.end())}, 0);
  return is_root() ? std::move(all) : std::vector<Bytes>();
}

std::vector<Bytes> ThreadCommunicator::all_gather(std::span<const std::byte> data) {
  return meet_and_take("all_gather", {Bytes(data.begin(), data.end())}, 0);
}

std::vector<Bytes> ThreadCommunicator::all_to_all(std::vector<Bytes> send) {
  if (static_cast<int>(send.size()) != size())
    throw std::logic_error("all_to_all needs one message for each rank");
  return meet_and_take("all_to_all", std::move(send), static_cast<std::size_t>(rank_));
}

void ThreadCommunicator::all_reduce_sum(std::span<std::uint32_t> values) {
  const Bytes mine = exchange::pack(std::span<const std::uint32_t>(values));
  std::ranges::fill(values, 0U);
  for (const Bytes& bytes : meet_and_take("all_reduce_sum", {mine}, 0)) {
    const auto other = exchange::unpack<std::uint32_t>(bytes);
    if (other.size() != values.size())
      throw std::logic_error("all_reduce_sum of arrays of different lengths");
    std::ranges::transform(values, other, values.begin(), std::plus<>());
  }
}

std::unique_ptr<exchange::Communicator> ThreadCommunicator::make_part(std::optional<int> color,
                                                                      int key) {
  constexpr int kNoColor = -1;
  const auto meeting =
      group_->meet(rank_, "split", {exchange::pack(std::vector{color.value_or(kNoColor), key})});
  std::vector<std::pair<int, int>> members;  // key, rank
  for (int rank = 0; rank < size(); ++rank) {
    const auto& brought = *meeting->brought[static_cast<std::size_t>(rank)];
    const auto wish = exchange::unpack<int>(brought.front());  // color, key
    if (wish[0] == color) members.emplace_back(wish[1], rank);
  }
  if (!color) return nullptr;
  std::ranges::sort(members);
  std::vector<int> ranks;
  for (const auto& member : members) ranks.push_back(member.second);
  const auto number = std::ranges::find(ranks, rank_) - ranks.begin();
  return std::make_unique<ThreadCommunicator>(group_->part(*meeting, *color, ranks),
                                              static_cast<int>(number));
}

/// Of a rank that has thrown; null if it has not.
std::exception_ptr run_rank(const std::shared_ptr<RankGroup>& all, int rank, const RankBody& body) {
  const testing::ScopedTrace trace(
      __FILE__, __LINE__,
      "rank " + std::to_string(rank) + " of " + std::to_string(all->size()) + " threads");
  try {
    ThreadCommunicator comm(all, rank);
    body(comm);
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

bool waits_in_vain(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const WaitsInVain&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

void run_ranks(int ranks, const RankBody& body) {
  std::vector<int> numbers(static_cast<std::size_t>(ranks));
  std::iota(numbers.begin(), numbers.end(), 0);
  const auto run = std::make_shared<RankRun>(ranks);
  const auto all = std::make_shared<RankGroup>(run, numbers);
  std::vector<std::exception_ptr> failures(numbers.size());
  {
    std::vector<std::jthread> threads;
    const auto start = [&](int rank) {
      threads.emplace_back([&, rank] {
        failures[static_cast<std::size_t>(rank)] = run_rank(all, rank, body);
        run->end_rank(rank);
      });
    };
    try {
      for (const int rank : numbers) start(rank);
    } catch (...) {  // too many threads: those that run must not wait for the others
      for (std::size_t r = threads.size(); r < numbers.size(); ++r) run->end_rank(numbers[r]);
      throw;
    }
  }
  std::erase(failures, nullptr);
  const auto cause = std::ranges::find_if_not(failures, waits_in_vain);
  if (cause != failures.end()) std::rethrow_exception(*cause);
  if (!failures.empty()) std::rethrow_exception(failures.front());
}

}  // namespace cogmill::tests
