// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "launch/mpi_check.hpp"

#include <array>
#include <string>

namespace cogmill::launch {

void mpi_check(int status, const std::source_location& where) {
  if (status == MPI_SUCCESS) return;
  std::array<char, MPI_MAX_ERROR_STRING> text{};
  int length = 0;
  if (MPI_Error_string(status, text.data(), &length) != MPI_SUCCESS) length = 0;
  throw MpiError("MPI: " + std::string(text.data(), static_cast<std::size_t>(length)) +
                 " (status " + std::to_string(status) + ", " + where.file_name() + ":" +
                 std::to_string(where.line()) + ")");
}

}  // namespace cogmill::launch
