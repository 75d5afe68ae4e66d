// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"

#include <mpi.h>

#include <cstddef>
#include <memory>

namespace cogmill::exchange {

/// Longest piece of a message: MPI counts are int.
constexpr std::size_t kPieceBytes = std::size_t{1} << 30;

/// Ranks over MPI. Works on a private duplicate of `comm`. *Collective over comm*, and so is its
/// end.
/// @param piece_bytes a longer message goes in several pieces, also in parts that are split off;
///        the same on all ranks, 4 .. INT_MAX. Tests want it short.
/// @pre MPI is running and outlives the communicator
std::unique_ptr<Communicator> make_mpi_communicator(MPI_Comm comm,
                                                    std::size_t piece_bytes = kPieceBytes);

}  // namespace cogmill::exchange
