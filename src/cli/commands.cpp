// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"

#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <set>
#include <utility>

namespace cogmill::cli {

using report::UsageError;

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> all;
  for (auto* make :
       {make_calc_command, make_convert_command, make_reproject_command, make_mosaic_command,
        make_info_command, make_validate_command, make_doctor_command})
    all.push_back(make());
  return all;
}

std::unique_ptr<Command> make_command(const std::string& name) {
  std::vector<std::string> names;
  for (std::unique_ptr<Command>& command : make_commands()) {
    if (command->text().name == name) return std::move(command);
    names.emplace_back(command->text().name);
  }
  static const std::set<std::string> kLater = {"composite", "stats", "batch", "bench"};
  if (kLater.contains(name))
    throw UsageError("command '" + name + "' is not in this version of cogmill, which has " +
                     job::join(names, ", "));
  if (name.starts_with("-"))
    throw UsageError("the command comes before option '" + name + "': one of " +
                     job::join(names, ", "));
  const std::string nearest = report::did_you_mean(name, names);
  throw UsageError("unknown command '" + name + "'" +
                   (nearest.empty() ? "; cogmill has " + job::join(names, ", ") : nearest));
}

OptionTable options_of(Command& command, TextWishes& wishes) {
  OptionTable options{std::string(command.text().name)};
  command.declare(options);
  options.section("Help");
  options.flag({.name = "help", .alias = "h", .text = "Print a screenful on the command."},
               wishes.help);
  options.flag({.name = "manual", .text = "Print the whole manual of the command."}, wishes.manual);
  return options;
}

}  // namespace cogmill::cli
