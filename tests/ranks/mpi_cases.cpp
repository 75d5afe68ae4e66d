// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// The ranks of a test program that mpiexec has started.
#include "tests/mpi/mpi_main.hpp"
#include "tests/ranks/rank_cases.hpp"

namespace cogmill::tests {

std::vector<RankCase> ranks_to_test() {
  constexpr std::size_t kShort = 1000;  // a message of some kilobytes goes in several pieces
  const auto world = [](std::size_t piece_bytes) {
    return [piece_bytes](const RankBody& body) {
      const auto comm = make_world(piece_bytes);
      body(*comm);
    };
  };
  auto cases = with_divisions({"World", world(exchange::kPieceBytes)});
  const auto in_pieces = with_divisions({"ShortPieces", world(kShort)});
  cases.insert(cases.end(), in_pieces.begin(), in_pieces.begin() + 2);
  return cases;
}

}  // namespace cogmill::tests
