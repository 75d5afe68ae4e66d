// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/mpi_communicator.hpp"

#include <cstddef>
#include <memory>

namespace cogmill::tests {

/// A new communicator of all ranks of this test program: what a test leaves unfinished in one is
/// not found by the next test. *Collective.* @param piece_bytes as of make_mpi_communicator
std::unique_ptr<exchange::Communicator> make_world(std::size_t piece_bytes = exchange::kPieceBytes);

}  // namespace cogmill::tests
