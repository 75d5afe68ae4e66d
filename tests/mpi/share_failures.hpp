// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"

namespace cogmill::tests {

/// From now on a test that fails on one rank fails on all, and rank 0 alone prints: the texts of
/// the other ranks with their rank's number. They are gathered where a test, a suite or the program
/// ends, which all ranks reach alike: they run the same tests in the same order.
/// A rank that has failed while others never reach the end of the test ends the job after 10 s,
/// with its texts.
/// @param comm outlives the tests, and is used for nothing else
void share_failures(exchange::Communicator& comm);

}  // namespace cogmill::tests
