// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// The ranks of a test program that is one process.
#include "tests/ranks/rank_cases.hpp"

namespace cogmill::tests {

std::vector<RankCase> ranks_to_test() {
  std::vector<RankCase> cases{{"Local", [](const RankBody& body) {
                                 const auto alone = exchange::make_local_communicator();
                                 body(*alone);
                               }}};
  const auto threads = [](int ranks) {
    return RankCase{"Threads" + std::to_string(ranks),
                    [ranks](const RankBody& body) { run_ranks(ranks, body); }};
  };
  for (const int ranks : {1, 2, 3}) cases.push_back(threads(ranks));
  for (const RankCase& ranks : with_divisions(threads(5))) cases.push_back(ranks);
  return cases;
}

}  // namespace cogmill::tests
