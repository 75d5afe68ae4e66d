// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/info_command.hpp"

#include "src/cli/processing_options.hpp"
#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: cogmill info [OPTIONS] FILE...
Prints what each file is, whether cogmill's fast tile reader takes it, and if
not why, with the command that would convert it.
 --json                                one JSON array, an object per file
 --config NAME=VALUE                   configuration option of GDAL
 --log-level debug|info|warning|error  what goes to stderr, default: warning
Examples:
  cogmill info scene.tif
  cogmill info --json scene.tif
)";

}  // namespace

std::string_view InfoCommand::help() const { return kHelp; }

void InfoCommand::declare(OptionTable& options) {
  options.flag("json", request_.json);
  declare_environment_options(options, request_.log_level, request_.config);
}

Request InfoCommand::finish(const std::vector<std::string>& arguments) {
  if (arguments.empty()) throw report::UsageError("info has no FILE; give cogmill info FILE...");
  request_.files = arguments;
  return request_;
}

}  // namespace cogmill::cli
