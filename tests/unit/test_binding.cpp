// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/binding.hpp"

#include <gtest/gtest.h>

namespace cogmill::pipeline {
namespace {

report::Machine machine(int own_cores, int launcher_cores) {
  report::Machine m;
  m.hostname = "n07";
  m.logical_cores = own_cores;
  m.physical_cores = own_cores;
  m.launcher_cores = launcher_cores;
  return m;
}

TEST(DefaultThreads, BoundRanksHaveTheirCoresToThemselves) {
  EXPECT_EQ(default_threads(machine(8, 16), 2), 8);
  EXPECT_EQ(default_threads(machine(1, 16), 16), 1);
}

TEST(DefaultThreads, UnboundRanksShare) {
  EXPECT_EQ(default_threads(machine(16, 16), 1), 16);
  EXPECT_EQ(default_threads(machine(16, 16), 3), 5);
  EXPECT_EQ(default_threads(machine(2, 2), 6), 1);
  EXPECT_EQ(default_threads(machine(16, 0), 4), 4);  // nothing is known of the launcher
}

TEST(BindingAdvice, NamesTheIdleCoresAndTheRemedy) {
  EXPECT_EQ(
      binding_advice(machine(1, 16), 2, std::nullopt),
      "mpirun has bound each rank to 1 processor, and 14 of 16 processors of n07 stay idle: use "
      "mpirun --bind-to none, or --map-by slot:PE=8");
  EXPECT_EQ(
      binding_advice(machine(2, 4), 1, 4),
      "mpirun has bound this rank to 2 processors, and 2 of 4 processors of n07 stay idle: use "
      "mpirun --bind-to none, or --map-by slot:PE=4");
}

TEST(BindingAdvice, CountsCoresAsMpirunDoes) {
  report::Machine two_threads_a_core = machine(2, 32);
  two_threads_a_core.physical_cores = 1;
  EXPECT_NE(binding_advice(two_threads_a_core, 2, std::nullopt).find("PE=8"), std::string::npos);
}

TEST(BindingAdvice, NoneWhereAllCoresAreUsed) {
  EXPECT_EQ(binding_advice(machine(16, 16), 1, std::nullopt), "");
  EXPECT_EQ(binding_advice(machine(8, 16), 2, std::nullopt), "");
  EXPECT_EQ(binding_advice(machine(1, 16), 16, 4), "");
  EXPECT_EQ(binding_advice(machine(4, 0), 1, std::nullopt), "");
}

TEST(BindingAdvice, NoneWhereNoMoreAreWanted) {
  EXPECT_EQ(binding_advice(machine(1, 16), 2, 1), "");
  EXPECT_NE(binding_advice(machine(1, 16), 2, 2), "");
}

}  // namespace
}  // namespace cogmill::pipeline
