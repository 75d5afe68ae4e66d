// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/run_round.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cogmill::pipeline {
namespace {

constexpr int kTile = 64;

plan::Plan plan_of_one_level() {
  plan::Plan plan;
  plan.image.width = plan.image.height = 1000;
  plan.image.bands = 1;
  plan.image.type = kernels::DataType::kUInt8;
  plan.image.nodata.resize(1);
  plan.tile = kTile;
  plan.levels = {{1000, 1000}};
  plan.rounds = partition::plan_rounds(plan.levels, kTile, {2, 2, 1});
  return plan;
}

/// Makes nothing of a chunk, or fails.
class FailingBackend final : public Backend {
 public:
  explicit FailingBackend(std::set<std::int64_t> failing) : failing_(std::move(failing)) {}
  void compute(const RankState& /*state*/, const RoundInput& /*input*/, TileEncoder& /*encoder*/,
               Chunk& chunk) override {
    if (failing_.count(chunk.number) > 0)
      throw report::RuntimeError("no chunk " + std::to_string(chunk.number));
  }
  BackendChoice choice() const override { return {}; }

 private:
  std::set<std::int64_t> failing_;
};

class RunRound : public testing::Test {
 protected:
  std::optional<exchange::Failure> run(std::set<std::int64_t> failing, const Commit& commit,
                                       int in_flight = 6) {
    FailingBackend backend(std::move(failing));
    TileEncoder encoder(plan_, {});
    const ChunkRange range{plan_.rounds.front(), 3, kEnd, in_flight};
    return run_round({plan_, trace_}, {}, range, backend, encoder, commit);
  }
  std::optional<exchange::Failure> run(std::set<std::int64_t> failing, int in_flight = 6) {
    committed_.clear();
    return run(
        std::move(failing), [&](const ChunkResult& result) { committed_.push_back(result.chunk); },
        in_flight);
  }
  static std::vector<std::int64_t> numbers(std::int64_t begin, std::int64_t end) {
    std::vector<std::int64_t> all(static_cast<std::size_t>(end - begin));
    std::iota(all.begin(), all.end(), begin);
    return all;
  }

  static constexpr std::int64_t kEnd = 40;
  plan::Plan plan_ = plan_of_one_level();
  report::Trace trace_{false};
  std::vector<std::int64_t> committed_;
};

TEST_F(RunRound, CommitsAllChunksInTheirOrder) {
  for (const int in_flight : {1, 2, 6, 50}) {
    EXPECT_FALSE(run({}, in_flight));
    EXPECT_EQ(committed_, numbers(3, kEnd));
  }
}

TEST_F(RunRound, EndsAtTheFirstChunkThatFails) {
  for (const int in_flight : {1, 2, 6, 50}) {
    const auto failure = run({7, 8, 20}, in_flight);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->message, "no chunk 7");
    EXPECT_EQ(failure->kind, exchange::Failure::Kind::kRuntime);
    EXPECT_EQ(committed_, numbers(3, 7));
  }
}

TEST_F(RunRound, EndsWhereAResultCannotBeTakenIn) {
  int commits = 0;
  const auto failure = run({20}, [&](const ChunkResult& result) {
    ++commits;
    if (result.chunk == 10) throw report::RuntimeError("the disk is full");
  });
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->message, "the disk is full");
  EXPECT_EQ(commits, 8);
}

TEST_F(RunRound, EndsWhenAnotherRankHasFailed) {
  const auto failure = run({}, [](const ChunkResult& result) {
    if (result.chunk == 5) throw exchange::OtherRankFailed();
  });
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->kind, exchange::Failure::Kind::kConsequence);
}

}  // namespace
}  // namespace cogmill::pipeline
