// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/request.hpp"

#include <string>
#include <vector>

namespace cogmill::cli {

/// Reads a command line. Pure: touches no file, prints nothing, and gives every rank the same.
/// @param arguments without the program's name
/// @throws report::UsageError in one line: what is wrong with which argument, with the nearest name
/// where one is misspelt
Request parse_command_line(const std::vector<std::string>& arguments);

/// The same for main's arguments; argv[0] is skipped.
Request parse_command_line(int argc, const char* const* argv);

}  // namespace cogmill::cli
