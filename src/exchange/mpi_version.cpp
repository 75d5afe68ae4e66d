// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/mpi_version.hpp"

#include "launch/mpi_check.hpp"

#include <array>

namespace cogmill::exchange {

std::string mpi_version() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  launch::mpi_check(MPI_Get_library_version(text.data(), &length));
  const std::string all(text.data(), static_cast<std::size_t>(length));
  return all.substr(0, all.find_first_of(",\n"));
}

}  // namespace cogmill::exchange
