// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/option_text.hpp"

#include <string>
#include <vector>

namespace cogmill::cli {

/// What may follow an option: its words, and the NAME=WORDs of its keywords; of a keyword whose
/// value is free, NAME=. Empty: a file's name, or something that cannot be guessed.
std::vector<std::string> completions_of(const job::OptionText& option);

/// A script for bash that completes commands, their options, and what follows those: words or
/// names of files.
std::string bash_completion();

/// The same for zsh, as the function _cogmill.
std::string zsh_completion();

}  // namespace cogmill::cli
