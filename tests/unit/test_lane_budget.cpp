// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/lane_budget.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace cogmill::gpu {
namespace {

constexpr std::size_t kSlot = 8 * LaneBudget::kLeastSlotBytes;

TEST(LaneBudget, FewerLanesThenSmallerSlotsThenNothing) {
  LaneBudget budget(3, kSlot);
  EXPECT_EQ(budget.enter(), kSlot);
  EXPECT_TRUE(budget.leave_and_shrink());
  EXPECT_EQ(budget.most(), 2U);
  for (int i = 0; i < 4; ++i) {
    budget.enter();
    EXPECT_TRUE(budget.leave_and_shrink()) << i;
  }
  EXPECT_EQ(budget.most(), 1U);
  EXPECT_EQ(budget.enter(), LaneBudget::kLeastSlotBytes);
  EXPECT_FALSE(budget.leave_and_shrink());
  EXPECT_EQ(budget.enter(), LaneBudget::kLeastSlotBytes);  // one may always try
}

TEST(LaneBudget, NoMoreAtOnceThanAllowed) {
  LaneBudget budget(2, kSlot);
  std::atomic<int> inside = 0, most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int k = 0; k < 200; ++k) {
        budget.enter();
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::yield();
        --inside;
        budget.leave();
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 2);
}

/// Whoever finds no memory leaves, until nobody has any: all have to come out at the other end.
TEST(LaneBudget, NobodyWaitsForeverWhereThereIsNoMemory) {
  for (int round = 0; round < 50; ++round) {
    LaneBudget budget(4, kSlot);
    std::atomic<int> gave_up = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 10; ++i)
      threads.emplace_back([&] {
        do {
          budget.enter();
          std::this_thread::yield();
        } while (budget.leave_and_shrink());
        ++gave_up;
      });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(gave_up, 10);
  }
}

}  // namespace
}  // namespace cogmill::gpu
