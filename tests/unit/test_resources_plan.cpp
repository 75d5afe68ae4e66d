// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/resources.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

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

std::string refusal(const ResourceNeeds& needs, const std::vector<TileNeeds>& smaller = {}) {
  try {
    plan_resources(needs, smaller);
  } catch (const report::RuntimeError& e) {
    return e.what();
  }
  return "no error";
}

TEST(Resources, TheLeastIsEnough) {
  ResourceNeeds needs = typical();
  needs.memory_limit = least_memory(needs);
  EXPECT_EQ(plan_resources(needs).chunks_in_flight, 1);
  needs.memory_limit -= 1;
  EXPECT_THROW(plan_resources(needs), report::RuntimeError);
}

TEST(Resources, AdvisesTheMostThreadsThatFit) {
  ResourceNeeds needs = typical();
  needs.thread_bytes = 40 * kMiB;
  ResourceNeeds five = needs;
  five.threads = 5;
  needs.memory_limit = least_memory(five) + 20 * kMiB;
  const std::string text = refusal(needs);
  EXPECT_NE(text.find(", or --threads 5"), std::string::npos) << text;
  EXPECT_EQ(text.find("BLOCKSIZE"), std::string::npos) << text;
}

TEST(Resources, AdvisesTheLargestTilesThatFit) {
  ResourceNeeds needs = typical();
  needs.threads = 1;
  needs.memory_limit = least_memory(needs) - 30 * kMiB;
  ResourceNeeds half = needs, quarter = needs, eighth = needs;
  half.chunk_bytes -= 10 * kMiB;
  quarter.chunk_bytes -= 40 * kMiB;
  eighth.chunk_bytes -= 60 * kMiB;
  const std::string text = refusal(needs, {{512, half}, {256, quarter}, {128, eighth}});
  EXPECT_NE(text.find(", or --co BLOCKSIZE=256"), std::string::npos) << text;
  EXPECT_EQ(text.find("--threads"), std::string::npos) << text;
}

TEST(Resources, AdvisesBothWhereOneDoesNotDo) {
  ResourceNeeds needs = typical();
  needs.threads = 8;
  needs.thread_bytes = 30 * kMiB;
  ResourceNeeds small = needs;
  small.chunk_bytes = 10 * kMiB;
  small.thread_bytes = 20 * kMiB;
  needs.memory_limit = small.memory_limit = 150 * kMiB;
  const std::string both = refusal(needs, {{128, small}});
  EXPECT_NE(both.find(", or --threads 1 and --co BLOCKSIZE=128"), std::string::npos) << both;
  needs.memory_limit = small.memory_limit = 50 * kMiB;
  const std::string more = refusal(needs, {{128, small}});
  EXPECT_NE(more.find(" with --threads 1 and --co BLOCKSIZE=128"), std::string::npos) << more;
}

TEST(Resources, AdvisesNothingThatDoesNotHelp) {
  ResourceNeeds needs = typical();
  needs.memory_limit = 30 * kMiB;
  needs.thread_bytes = kMiB / 4;
  const std::string text = refusal(needs, {{256, needs}, {128, needs}});
  EXPECT_NE(text.find("give at least"), std::string::npos) << text;
  EXPECT_EQ(text.find(", or"), std::string::npos) << text;
}

}  // namespace
}  // namespace cogmill::plan
