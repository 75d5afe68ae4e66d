// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/job/argument.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cogmill::cli {

/// The options of one command, each declared beside the member it fills.
/// Long options are `--name VALUE` or `--name=VALUE`; they are never completed. GDAL's one-dash
/// forms -of, -co, -ot and -overwrite, -i and -h are taken too. A value may begin with a dash.
class OptionTable {
 public:
  using Setter = std::function<void(const job::Argument& argument)>;

  /// @param command "calc", for messages
  explicit OptionTable(std::string command) : command_(std::move(command)) {}

  void flag(const std::string& name, bool& target);
  void value(const std::string& name, Setter set);
  void value(const std::string& name, std::string& target);
  void repeated(const std::string& name, Setter set);
  void alias(const std::string& other, const std::string& name);

  /// Calls the setters in the order of the command line.
  /// @return the arguments that are no options, in order
  /// @throws report::UsageError for an unknown option (with the nearest), a missing or superfluous
  /// value, an option given twice, and what setters throw
  std::vector<std::string> parse(const std::vector<std::string>& arguments) const;

  /// All names, aliases too.
  std::vector<std::string> names() const;

 private:
  enum class Kind { kFlag, kValue, kRepeated };
  struct Option {
    Kind kind;
    Setter set;
  };
  struct Given {
    std::string name;
    std::string value;  ///< empty for a flag
  };
  const std::string* find(const std::string& token) const;
  Given read(const std::vector<std::string>& arguments, std::size_t& i) const;
  void apply(const std::vector<Given>& all) const;
  [[noreturn]] void fail_unknown(const std::string& token) const;

  std::string command_;
  std::map<std::string, Option> options_;
  std::map<std::string, std::string> aliases_;
};

}  // namespace cogmill::cli
