// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "tests/support/rank_group.hpp"

#include <functional>

namespace cogmill::tests {

/// What a test does on each rank.
using RankBody = std::function<void(exchange::Communicator&)>;

/// Runs `body` on `ranks` ranks of one node that are threads of this process, and waits for all.
/// Where MPI would hang there is an exception: a rank that waits for one that has returned or
/// thrown, or that waits while all others do so elsewhere, gets WaitsInVain; one that calls another
/// collective than the others gets std::logic_error. A signal interrupts all ranks that wait.
/// Failed expectations of googletest name the rank.
/// @throws what the lowest failing rank has thrown; WaitsInVain only if nobody has thrown more
void run_ranks(int ranks, const RankBody& body);

}  // namespace cogmill::tests
