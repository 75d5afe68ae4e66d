// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"
#include "src/cli/processing_options.hpp"
#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr CommandText kText = {
    .name = "info",
    .arguments = "[OPTIONS] FILE...",
    .title = "what a file is and how cogmill reads it",
    .summary = R"(Prints what each file is, whether cogmill's fast tile reader takes it, and if
not why, with the command that would convert it.)",
    .description =
        R"(
Prints size, bands, types, CRS, nodata, layout and compression of each file, whether cogmill's fast
tile reader takes it, and if not why, with the command that would convert it.

FILE is a name as GDAL opens it: a file, /vsis3/bucket/file, /vsizip/archive.zip/file.)",
    .memory = R"(
Metadata alone are read, never pixels: some MB, whatever the size of the file.)",
    .exit_status = R"(
0 All files were described.

1 A file cannot be opened.

2 The command line is wrong.)",
    .examples = {"cogmill info scene.tif", "cogmill info --json scene.tif"},
    .see_also = "cogmill(1), cogmill-validate(1), gdalinfo(1)"};

class InfoCommand : public Command {
 public:
  const CommandText& text() const override { return kText; }

  void declare(OptionTable& options) override {
    options.section("Options");
    options.flag({.name = "json", .text = "Print one JSON array, with an object for each file."},
                 request_.json);
    declare_environment_options(options, request_.log_level, request_.config);
  }

  Request finish(const std::vector<std::string>& arguments) override {
    if (arguments.empty()) throw report::UsageError("info has no FILE; give cogmill info FILE...");
    request_.files = arguments;
    return request_;
  }

 private:
  InfoRequest request_;
};

}  // namespace

std::unique_ptr<Command> make_info_command() { return std::make_unique<InfoCommand>(); }

}  // namespace cogmill::cli
