// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"
#include "src/cli/processing_options.hpp"
#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr CommandText kText = {
    .name = "validate",
    .arguments = "[OPTIONS] FILE...",
    .title = "checks that a file is a valid COG",
    .summary = R"(Checks that each file is a valid Cloud Optimized GeoTIFF, its tiles included.
Exit code 0: all are, 1: one is not or cannot be read, 2: usage.)",
    .description =
        R"(
Checks that each file is a valid Cloud Optimized GeoTIFF: the order of its directories and tiles,
its overviews, the ghost area, and the sizes around every tile. It looks at what the full check of
GDAL's validator and rio cogeo validate --strict look at.)",
    .memory =
        R"(
Directories and tables of tiles are kept, about 16 bytes for each tile; pixels are not decoded.)",
    .exit_status = R"(
0 All files are valid COGs.

1 A file is none, or cannot be read; with --strict also if there is a warning.

2 The command line is wrong.)",
    .examples = {"cogmill validate cog.tif", "cogmill validate --strict --json cog.tif"},
    .see_also = "cogmill(1), cogmill-info(1), cogmill-convert(1)"};

class ValidateCommand : public Command {
 public:
  const CommandText& text() const override { return kText; }

  void declare(OptionTable& options) override {
    options.section("Options");
    options.flag({.name = "strict", .text = "Warnings count as errors."}, request_.strict);
    options.flag({.name = "json", .text = "Print one JSON array, with an object for each file."},
                 request_.json);
    declare_environment_options(options, request_.log_level, request_.config);
  }

  Request finish(const std::vector<std::string>& arguments) override {
    if (arguments.empty())
      throw report::UsageError("validate has no FILE; give cogmill validate FILE...");
    request_.files = arguments;
    return request_;
  }

 private:
  ValidateRequest request_;
};

}  // namespace

std::unique_ptr<Command> make_validate_command() { return std::make_unique<ValidateCommand>(); }

}  // namespace cogmill::cli
