// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/option_table.hpp"
#include "src/cli/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cogmill::cli {

/// One subcommand. An object parses one command line: declare() binds options to its members,
/// OptionTable::parse fills them, finish() checks what belongs together.
class Command {
 public:
  virtual ~Command() = default;
  /// At most 24 lines of 80 columns, ending with two examples.
  virtual std::string_view help() const = 0;
  virtual void declare(OptionTable& options) = 0;
  /// @param arguments those that are no options   @throws report::UsageError
  virtual Request finish(const std::vector<std::string>& arguments) = 0;
};

}  // namespace cogmill::cli
