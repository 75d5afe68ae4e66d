// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/command.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cogmill::cli {

// One for each command, in the file of its name.
std::unique_ptr<Command> make_calc_command();
std::unique_ptr<Command> make_convert_command();
std::unique_ptr<Command> make_doctor_command();
std::unique_ptr<Command> make_info_command();
std::unique_ptr<Command> make_mosaic_command();
std::unique_ptr<Command> make_reproject_command();
std::unique_ptr<Command> make_validate_command();

/// All of them, in the order of the manual.
std::vector<std::unique_ptr<Command>> make_commands();

/// @throws report::UsageError if there is none of this name, with the nearest
std::unique_ptr<Command> make_command(const std::string& name);

/// Texts that a command line asks for instead of the command's work.
struct TextWishes {
  bool help = false;    ///< --help: one screen
  bool manual = false;  ///< --manual: all of it
};

/// Everything that a command takes: its own options and, last, those that fill `wishes`.
/// The table fills members of both, which have to outlive it.
OptionTable options_of(Command& command, TextWishes& wishes);

/// What bands can be called: "coastal", "blue", ... Each is an option --NAME NUMBER of calc.
std::vector<std::string> band_role_names();

}  // namespace cogmill::cli
