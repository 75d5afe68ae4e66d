// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"

#include <mpi.h>

#include <memory>

namespace cogmill::exchange {

/// Ranks over MPI. Works on a private duplicate of `comm`. *Collective over comm*, and so is its
/// end.
/// @pre MPI is running and outlives the communicator
std::unique_ptr<Communicator> make_mpi_communicator(MPI_Comm comm);

}  // namespace cogmill::exchange
