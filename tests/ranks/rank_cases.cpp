// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/ranks/rank_cases.hpp"

#include <algorithm>
#include <chrono>

namespace cogmill::tests {

std::vector<Division> divisions() {
  const auto halves = [](int rank, int size) { return 2 * rank / size; };
  const auto descending = [](int rank) { return -rank; };
  return {
      {"Halves", halves},
      {"ReversedHalves", halves, descending},
      {"FirstAlone", [](int rank, int /*size*/) { return std::min(rank, 1); }},
      {"EveryThird", [](int rank, int /*size*/) { return rank % 3; }},
      {"LastLeftOut",
       [](int rank, int size) {
         return size > 1 && rank == size - 1 ? std::nullopt : std::optional(7);
       },
       descending},
  };
}

std::vector<RankCase> with_divisions(const RankCase& whole) {
  std::vector<RankCase> cases{whole};
  for (const Division& division : divisions())
    cases.push_back({whole.name + division.name, [whole, division](const RankBody& body) {
                       whole.run([&](exchange::Communicator& comm) {
                         const int rank = comm.rank();
                         const auto part =
                             comm.split(division.color(rank, comm.size()), division.key(rank));
                         if (part) body(*part);
                       });
                     }});
  return cases;
}

bool hears_failure(exchange::Communicator& comm, bool expected) {
  constexpr std::chrono::milliseconds kShort{20}, kLong{10000};
  return exchange::hears_failure(comm, expected ? kLong : kShort);
}

}  // namespace cogmill::tests
