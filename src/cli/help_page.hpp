// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/command.hpp"

#include <string>

namespace cogmill::cli {

/// "N|ALL_CPUS": what stands for the value, or its words.
std::string values_of(const job::OptionText& option);

/// "--co, --creation-option NAME=VALUE": an option as it is typed.
std::string usage_of(const job::OptionText& option);

/// "0.125", "beside OUTPUT", or empty: what holds without the option.
std::string default_of(const job::OptionText& option);

/// What --help prints: at most 24 lines of 80 columns that end with two examples. Every option is
/// there with its values, and in brackets its default and unit; where there is room, with what it
/// does, and where there is none, by its name alone if the --help of another command has the rest.
/// @param options as options_of() makes them
std::string help_of(const CommandText& text, const OptionTable& options);

/// What `cogmill --help` prints.
std::string help_of_program();

}  // namespace cogmill::cli
