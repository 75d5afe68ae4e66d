// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/validate_command.hpp"

#include "src/cli/processing_options.hpp"
#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: cogmill validate [OPTIONS] FILE...
Checks that each file is a valid Cloud Optimized GeoTIFF, its tiles included.
Exit code 0: all are, 1: one is not or cannot be read, 2: usage.
 --strict                              warnings count as errors
 --json                                one JSON array, an object per file
 --config NAME=VALUE                   configuration option of GDAL
 --log-level debug|info|warning|error  what goes to stderr, default: warning
Examples:
  cogmill validate cog.tif
  cogmill validate --strict --json cog.tif
)";

}  // namespace

std::string_view ValidateCommand::help() const { return kHelp; }

void ValidateCommand::declare(OptionTable& options) {
  options.flag("strict", request_.strict);
  options.flag("json", request_.json);
  declare_environment_options(options, request_.log_level, request_.config);
}

Request ValidateCommand::finish(const std::vector<std::string>& arguments) {
  if (arguments.empty())
    throw report::UsageError("validate has no FILE; give cogmill validate FILE...");
  request_.files = arguments;
  return request_;
}

}  // namespace cogmill::cli
