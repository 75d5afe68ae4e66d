// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "tests/support/thread_ranks.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace cogmill::tests {

/// Ranks that a test runs on: threads, MPI's, or what those are divided into.
struct RankCase {
  std::string name;
  std::function<void(const RankBody&)> run;  ///< calls the body on every rank that takes part

  friend void PrintTo(const RankCase& ranks, std::ostream* out) { *out << ranks.name; }
};

/// One way to divide ranks: the arguments of Communicator::split.
struct Division {
  std::string name;
  std::function<std::optional<int>(int rank, int size)> color;
  std::function<int(int rank)> key = [](int /*rank*/) { return 0; };
};

/// In two and in three parts, of the same size or not; the order reversed; one rank left out.
std::vector<Division> divisions();

/// `whole`, and its ranks divided in each of these ways: the body then runs in all parts at once.
std::vector<RankCase> with_divisions(const RankCase& whole);

/// What this program has to offer: threads and one rank alone, or the ranks that mpiexec has
/// started. The same cases on all ranks.
std::vector<RankCase> ranks_to_test();

/// The fixture of tests that run on ranks of any kind.
class RankTest : public testing::TestWithParam<RankCase> {
 protected:
  static void on_each_rank(const RankBody& body) { GetParam().run(body); }
};

/// Looks for as long as a message may take.   @param expected false: a few looks have to do
bool hears_failure(exchange::Communicator& comm, bool expected);

inline std::string name_of(const testing::TestParamInfo<RankCase>& info) { return info.param.name; }

}  // namespace cogmill::tests
