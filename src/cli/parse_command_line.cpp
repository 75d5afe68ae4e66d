// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/parse_command_line.hpp"

#include "src/cli/commands.hpp"
#include "src/cli/help_page.hpp"
#include "src/cli/manual.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace cogmill::cli {
namespace {

using report::UsageError;

Request parse_with(Command& command, const std::vector<std::string>& arguments) {
  TextWishes wishes;
  const OptionTable options = options_of(command, wishes);
  const std::vector<std::string> others = options.parse(arguments);
  if (wishes.manual) return HelpRequest{as_text(manual_of(command.text(), options))};
  if (wishes.help) return HelpRequest{help_of(command.text(), options)};
  return command.finish(others);
}

/// Quotes an argument as a shell would want it, so that the record's line can be run again.
std::string quoted(const std::string& argument) {
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("_-./=,:+@%").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!argument.empty() && std::all_of(argument.begin(), argument.end(), plain)) return argument;
  std::string text = "'";
  for (const char c : argument) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + '\'';
}

}  // namespace

Request parse_command_line(const std::vector<std::string>& arguments) {
  if (arguments.empty())
    throw UsageError(
        "no command given: calc, convert, reproject, mosaic, info, validate or doctor; see "
        "cogmill --help");
  const std::string& first = arguments[0];
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (first == "--version") return VersionRequest{};
  if (first == "--help" || first == "-h" || (first == "help" && rest.empty()))
    return HelpRequest{help_of_program()};
  if (first == "--manual") return HelpRequest{as_text(manual_of_program())};
  if (first == "help") return parse_with(*make_command(rest[0]), {"--help"});
  Request request = parse_with(*make_command(first), rest);
  if (auto* job = std::get_if<job::Job>(&request)) {
    job->command_line = "cogmill";
    for (const std::string& argument : arguments) job->command_line += ' ' + quoted(argument);
  }
  return request;
}

Request parse_command_line(int argc, const char* const* argv) {
  return parse_command_line(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}

}  // namespace cogmill::cli
