// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/architectures.hpp"

#include <gtest/gtest.h>

namespace cogmill::gpu {
namespace {

TEST(RunsOn, MachineCodeRunsOnLaterMinorVersions) {
  EXPECT_EQ(runs_on("90-real", 9, 0), Runs::kYes);
  EXPECT_EQ(runs_on("75-real,80-real,90", 8, 6), Runs::kYes);
  EXPECT_EQ(runs_on("80-real", 8, 9), Runs::kYes);
  EXPECT_EQ(runs_on("86-real", 8, 0), Runs::kNo);
  EXPECT_EQ(runs_on("90-real", 8, 9), Runs::kNo);
  EXPECT_EQ(runs_on("90-real", 10, 0), Runs::kNo);
}

TEST(RunsOn, PtxIsCompiledForWhatIsNewer) {
  EXPECT_EQ(runs_on("75-real,80-real,90", 12, 0), Runs::kCompiled);
  EXPECT_EQ(runs_on("75-virtual", 7, 5), Runs::kCompiled);
  EXPECT_EQ(runs_on("90", 8, 0), Runs::kNo);
}

TEST(RunsOn, FeaturesOfOneArchitectureAreNotNewerOnes) {
  EXPECT_EQ(runs_on("90a", 9, 0), Runs::kYes);
  EXPECT_EQ(runs_on("90a", 10, 0), Runs::kNo);
  EXPECT_EQ(runs_on("100f-real", 10, 3), Runs::kYes);
  EXPECT_EQ(runs_on("100a-real", 10, 3), Runs::kNo);
}

TEST(RunsOn, WordsAreUnknown) {
  EXPECT_EQ(runs_on("native", 9, 0), Runs::kUnknown);
  EXPECT_EQ(runs_on("all-major", 9, 0), Runs::kUnknown);
  EXPECT_EQ(runs_on("", 9, 0), Runs::kUnknown);
  EXPECT_EQ(runs_on("native,90-real", 9, 0), Runs::kYes);
}

TEST(RunsOn, ThisBuildSaysWhatItIsFor) {
  EXPECT_EQ(built_cuda().empty(), built_architectures().empty());
}

}  // namespace
}  // namespace cogmill::gpu
