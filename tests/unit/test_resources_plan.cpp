// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/resources.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

namespace cogmill::plan {
namespace {

constexpr std::int64_t kMiB = std::int64_t{1} << 20;

ResourceNeeds typical() {
  return {.memory_limit = 4096 * kMiB,
          .resident_now = 60 * kMiB,
          .threads = 16,
          .chunk_bytes = 80 * kMiB,
          .thread_bytes = 6 * kMiB,
          .table_bytes = kMiB,
          .chunks = 64};
}

std::int64_t total(const ResourceNeeds& needs, const ResourcePlan& plan) {
  return plan.fixed_bytes + plan.chunks_in_flight * needs.chunk_bytes + plan.cache_bytes +
         plan.store_bytes;
}

TEST(Resources, NeverPlanMoreThanTheLimit) {
  ResourceNeeds needs = typical();
  for (std::int64_t limit = 280; limit < 20000; limit += 37) {
    needs.memory_limit = limit * kMiB;
    const ResourcePlan plan = plan_resources(needs);
    EXPECT_LE(total(needs, plan), needs.memory_limit) << limit;
    EXPECT_GE(plan.chunks_in_flight, 1);
    EXPECT_GT(plan.store_bytes, 0);
    EXPECT_GE(plan.cache_bytes, 0);
  }
}

TEST(Resources, MoreMemoryMeansMoreChunksInFlightUpToUse) {
  ResourceNeeds needs = typical();
  needs.memory_limit = 300 * kMiB;
  EXPECT_EQ(plan_resources(needs).chunks_in_flight, 1);
  needs.memory_limit = 64000 * kMiB;
  EXPECT_EQ(plan_resources(needs).chunks_in_flight, 6);
  needs.chunks = 2;
  EXPECT_EQ(plan_resources(needs).chunks_in_flight, 2);
}

TEST(Resources, TooLittleNamesTheLeastThatWouldDo) {
  ResourceNeeds needs = typical();
  needs.memory_limit = 100 * kMiB;
  try {
    plan_resources(needs);
    FAIL() << "no error";
  } catch (const report::RuntimeError& e) {
    EXPECT_NE(std::string(e.what()).find("give at least"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace cogmill::plan
