// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"

namespace cogmill::cli {

/// Does what the command line asks for, with all ranks. *Collective.*
/// @return exit code: 0 done, 1 failed in a way that all ranks know of, 2 wrong command line
/// @throws anything else on the rank that failed alone: end the job then
int run(int argc, const char* const* argv, exchange::Communicator& comm);

}  // namespace cogmill::cli
