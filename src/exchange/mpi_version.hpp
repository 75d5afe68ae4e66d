// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::exchange {

/// First line of the MPI library's own description: "Open MPI v4.1.4". Works without MPI running.
std::string mpi_version();

}  // namespace cogmill::exchange
