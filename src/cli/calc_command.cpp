// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/command_texts.hpp"
#include "src/cli/commands.hpp"
#include "src/cli/processing_options.hpp"
#include "src/cli/warp_arguments.hpp"
#include "src/expr/roles.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <system_error>

namespace cogmill::cli {
namespace {

using job::Argument;
using report::UsageError;

constexpr CommandText kText = {
    .name = "calc",
    .arguments = "-i [NAME=]FILE ... (--calc EXPR ... | --index NAME) OUTPUT",
    .title = "band math and spectral indices",
    .summary = R"(Band math into one COG (.tif), or into a COG per rank and a VRT (.vrt).)",
    .description =
        R"(
Computes each output band from an expression over the bands of one or many rasters, or a spectral
index by its name. In an expression A[3] is band 3 of input A; with a single input b3 is too, and a
band's description or an input's name also name a band. Operators are + - * / % ^ < <= > >= == !=
&& || ! ?: and, on integers, & | ~ << >>; functions are sqrt abs min max where isnodata and many
more. A pixel without data makes the result one without data, unless the expression asks. Inputs of
different grids are aligned on the fly where --like or another option of the grid is given.

FILE is a name as GDAL opens it: a file, /vsis3/bucket/file, /vsizip/archive.zip/file. All ranks
read, compute, compress and write one file together; its bytes do not depend on how many there are,
on threads or memory.)",
    .memory = kMemoryOfJobs,
    .exit_status = kExitOfJobs,
    .examples = {"cogmill calc -i scene.tif --index ndvi --red 3 --nir 4 ndvi.tif",
                 "mpirun -np 2 cogmill calc -i scene.tif --calc \"(b4 - b3) / (b4 + b3)\" n.tif"},
    .see_also = "cogmill(1), cogmill-convert(1), cogmill-reproject(1), gdal_calc(1)"};

/// NAME of NAME=FILE; empty if the text has none, as in a path or address with '=' in it.
std::string input_name(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return {};
  const std::string name = text.substr(0, equals);
  const auto word = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  const bool digit_first = std::isdigit(static_cast<unsigned char>(name[0])) != 0;
  return !digit_first && std::all_of(name.begin(), name.end(), word) ? name : std::string();
}

/// True for a file like year=2020/s.tif, where there is none without the "name".
bool is_file_with_equals(const std::string& text, const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(text, ignored) && !std::filesystem::exists(path, ignored);
}

/// Cuts `,resampling=cubic` off the end of a path.
std::optional<kernels::WarpResampling> take_resampling(const Argument& argument,
                                                       std::string& path) {
  constexpr std::string_view kSuffix = ",resampling=";
  const auto at = path.rfind(kSuffix);
  if (at == std::string::npos) return std::nullopt;
  const Argument method{argument.name + " ...,resampling", path.substr(at + kSuffix.size())};
  path.resize(at);
  return parse_warp_resampling(method);
}

job::Choices<kernels::Precision> precisions() {
  return {{"float32", kernels::Precision::kFloat32}, {"float64", kernels::Precision::kFloat64}};
}

/// " (about 560 nm)", or nothing.
std::string description_of(std::string_view role) {
  for (const expr::Role& known : expr::roles())
    if (known.name == role) return " (" + std::string(known.description) + ")";
  return {};
}

class CalcCommand : public Command {
 public:
  const CommandText& text() const override { return kText; }
  void declare(OptionTable& options) override;
  Request finish(const std::vector<std::string>& arguments) override;

 private:
  void declare_bands(OptionTable& options);
  void declare_roles(OptionTable& options);
  void add_input(const Argument& argument);
  void name_inputs();
  void check_expressions() const;

  job::Job job_;
  ProcessingOptions processing_;
  WarpArguments warp_;
  bool list_indices_ = false;
};

void CalcCommand::declare(OptionTable& options) {
  job_.command = "calc";
  options.section("Bands");
  declare_bands(options);
  declare_roles(options);
  processing_.declare_output(options, job_);
  warp_.declare(options, "reproject");
  processing_.declare_run(options, job_);
}

void CalcCommand::declare_bands(OptionTable& options) {
  options.repeated(
      {.name = "input",
       .alias = "i",
       .value = "[NAME=]FILE[,resampling=M]",
       .text = "An input; a single one needs no name and is A. M is how it is resampled "
               "where it has another grid; repeatable."},
      [this](const Argument& a) { add_input(a); });
  options.repeated(
      {.name = "calc", .value = "EXPR", .text = "An output band; repeatable. See DESCRIPTION."},
      [this](const Argument& a) { job_.expressions.push_back(a.value); });
  options.value({.name = "index",
                 .value = "NAME",
                 .text = "A spectral index instead: ndvi, evi ... Its bands are found by their "
                         "descriptions, or named by the options below."},
                [this](const Argument& a) { job_.index = a.value; });
  options.flag({.name = "list-indices", .text = "Print all indices, their bands and formulas."},
               list_indices_);
  options.value({.name = "precision",
                 .otherwise = "float32 where exact",
                 .text = "What is computed in.",
                 .words = job::words_of(precisions())},
                [this](const Argument& a) { job_.precision = job::choose(a, precisions()); });
}

void CalcCommand::declare_roles(OptionTable& options) {
  constexpr int kMostBands = 65535;
  for (const std::string& role : band_role_names())
    options.value(
        {.name = role,
         .value = "N",
         .otherwise = "by description",
         .text = "Number of the first input's band that is " + role + description_of(role) + "."},
        [this, role](const Argument& a) {
          job_.roles[role] = job::parse_integer(a, 1, kMostBands);
        });
}

void CalcCommand::add_input(const Argument& argument) {
  std::string path = argument.value;
  const auto resampling = take_resampling(argument, path);
  std::string name = input_name(path);
  if (!name.empty() && is_file_with_equals(path, path.substr(name.size() + 1))) name.clear();
  if (!name.empty()) path = path.substr(name.size() + 1);
  if (path.empty()) argument.fail("names no file; give NAME=FILE");
  for (const job::Input& input : job_.inputs)
    if (!name.empty() && input.name == name)
      argument.fail("input " + name + " is already " + input.path + "; choose another name");
  job_.inputs.push_back({name, path, resampling});
}

void CalcCommand::name_inputs() {
  if (job_.inputs.empty())
    throw UsageError("calc has no input; give -i A=FILE (see cogmill calc --help)");
  if (job_.inputs.size() == 1 && job_.inputs[0].name.empty()) job_.inputs[0].name = "A";
  for (const job::Input& input : job_.inputs)
    if (input.name.empty())
      throw UsageError("input " + input.path +
                       " has no name; several inputs need one each, as in " + "-i A=" + input.path);
}

void CalcCommand::check_expressions() const {
  if (job_.expressions.empty() && !job_.index)
    throw UsageError("calc has nothing to compute; give --calc EXPR or --index NAME");
  if (!job_.expressions.empty() && job_.index)
    throw UsageError("--calc and --index exclude each other; give one of them");
  if (job_.output_type && kernels::is_complex(*job_.output_type))
    throw UsageError(
        "option --output-data-type=" + std::string(kernels::name_of(*job_.output_type)) +
        ": calc computes real numbers; use Float32 or Float64");
}

Request CalcCommand::finish(const std::vector<std::string>& arguments) {
  if (list_indices_) return ListIndicesRequest{};
  if (arguments.empty()) throw UsageError("calc has no OUTPUT; give its name as the last argument");
  if (arguments.size() > 1)
    throw UsageError("calc takes one OUTPUT, not " + arguments[0] + " and " + arguments[1] +
                     "; inputs are given as -i A=FILE");
  job_.output = arguments[0];
  name_inputs();
  check_expressions();
  warp_.finish(job_, false);
  processing_.finish(job_);
  return job_;
}

}  // namespace

std::vector<std::string> band_role_names() {
  std::vector<std::string> names;
  for (const expr::Role& role : expr::roles()) names.emplace_back(role.name);
  names.emplace_back("thermal");  // no index asks for it, but an expression may
  return names;
}

std::unique_ptr<Command> make_calc_command() { return std::make_unique<CalcCommand>(); }

}  // namespace cogmill::cli
