// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mpi.h>

#include <source_location>
#include <stdexcept>

namespace cogmill::launch {

/// A failed MPI call.
class MpiError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// @throws MpiError with MPI's own text and the place of the call if `status` is not MPI_SUCCESS
void mpi_check(int status, const std::source_location& where = std::source_location::current());

}  // namespace cogmill::launch
