// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/option_table.hpp"
#include "src/cli/request.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace cogmill::cli {

/// What help and manual say of a command beside its options. An empty line parts paragraphs.
struct CommandText {
  std::string_view name;                     ///< "convert"
  std::string_view arguments;                ///< behind the name: "[OPTIONS] INPUT OUTPUT"
  std::string_view title;                    ///< for lists of commands, without a full stop
  std::string_view summary;                  ///< for --help: lines of at most 80 columns
  std::string_view description;              ///< for the manual
  std::string_view memory;                   ///< what the command takes, and what bounds it
  std::string_view exit_status;              ///< a paragraph each, beginning with the number
  std::array<std::string_view, 2> examples;  ///< command lines that run where their files are
  std::string_view see_also;                 ///< "gdalinfo(1), ..."
};

/// One subcommand. An object parses one command line: declare() binds options to its members,
/// OptionTable::parse fills them, finish() checks what belongs together.
class Command {
 public:
  virtual ~Command() = default;
  virtual const CommandText& text() const = 0;
  virtual void declare(OptionTable& options) = 0;
  /// @param arguments those that are no options   @throws report::UsageError
  virtual Request finish(const std::vector<std::string>& arguments) = 0;
};

}  // namespace cogmill::cli
