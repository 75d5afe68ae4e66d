// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/request.hpp"

#include <iosfwd>

namespace cogmill::cli {

/// Checks every file and prints what was found. Local.
/// @return 0 if all are valid, else 1
int run_validate(const ValidateRequest& request, std::ostream& out);

}  // namespace cogmill::cli
