// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/request.hpp"

#include <iosfwd>

namespace cogmill::cli {

/// Prints what each file is, which way it is read, and how to convert it if that is the slow one.
/// Local.
/// @return 0   @throws report::RuntimeError for a file that cannot be opened
int run_info(const InfoRequest& request, std::ostream& out);

}  // namespace cogmill::cli
