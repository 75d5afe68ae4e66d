// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/calc_command.hpp"

#include "src/expr/roles.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <system_error>

namespace cogmill::cli {
namespace {

using job::Argument;
using report::UsageError;

constexpr std::string_view kHelp =
    R"help(Usage: cogmill calc -i [NAME=]FILE ... (--calc EXPR ... | --index NAME) OUTPUT
Band math into one COG (.tif), or into a COG per rank and a VRT (.vrt).
 -i, --input [NAME=]FILE[,resampling=M] an input; a single one needs no name: A
 --calc EXPR             an output band: A[1] is band 1 of A (of one input: b1);
                         + - * / % ^ < <= > >= == != && || ! ?: sqrt where ...
 --index NAME            ndvi evi ...; --list-indices prints all. Bands go by
                         description or NUMBER: --coastal --blue --green --red
                         --rededge1 --rededge2 --rededge3 --nir --nir2 --swir1
                         --swir2 --thermal (names for --calc too)
 --precision float32|float64   --ot, --output-data-type TYPE   --overwrite
 --src-nodata VALUE  --dst-nodata VALUE   --of, --output-format COG|GTiff|VRT
 --co, --creation-option NAME=VALUE   COMPRESS=DEFLATE|ZSTD|LZW|NONE LEVEL
     PREDICTOR BLOCKSIZE OVERVIEWS OVERVIEW_COUNT RESAMPLING OVERVIEW_RESAMPLING
     BIGTIFF NUM_THREADS SPARSE_OK STATISTICS INTERLEAVE
 --threads N|ALL_CPUS  --memory SIZE  --backend auto|cpu|cuda --gpu-memory SIZE
 --scratch DIR --on-error stop|nodata --dry-run --price-per-hour X --config N=V
 --dst-crs CRS  --like NAME|FILE  --bbox  --resolution  --size  --resampling ...
                         align inputs of different grids: as cogmill reproject
 --record FILE.yaml  --trace FILE.json  --quicklook FILE.png
 --progress auto|bar|plain|json|none   --log-level debug|info|warning|error
Examples:
  cogmill calc -i scene.tif --index ndvi --red 3 --nir 4 ndvi.tif
  mpirun -np 2 cogmill calc -i scene.tif --calc "(b4 - b3) / (b4 + b3)" n.tif
)help";

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

}  // namespace

std::vector<std::string> band_role_names() {
  std::vector<std::string> names;
  for (const expr::Role& role : expr::roles()) names.emplace_back(role.name);
  names.emplace_back("thermal");  // no index asks for it, but an expression may
  return names;
}

std::string_view CalcCommand::help() const { return kHelp; }

void CalcCommand::declare(OptionTable& options) {
  constexpr int kMostBands = 65535;
  job_.command = "calc";
  options.repeated("input", [this](const Argument& a) { add_input(a); });
  options.alias("i", "input");
  options.repeated("calc", [this](const Argument& a) { job_.expressions.push_back(a.value); });
  options.value("index", [this](const Argument& a) { job_.index = a.value; });
  options.flag("list-indices", list_indices_);
  for (const std::string& role : band_role_names())
    options.value(role, [this, role](const Argument& a) {
      job_.roles[role] = job::parse_integer(a, 1, kMostBands);
    });
  options.value("precision", [this](const Argument& a) {
    using P = kernels::Precision;
    job_.precision = job::choose<P>(a, {{"float32", P::kFloat32}, {"float64", P::kFloat64}});
  });
  processing_.declare(options, job_);
  warp_.declare(options);
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

}  // namespace cogmill::cli
