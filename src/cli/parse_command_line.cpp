// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/parse_command_line.hpp"

#include "src/cli/calc_command.hpp"
#include "src/cli/convert_command.hpp"
#include "src/cli/doctor_command.hpp"
#include "src/cli/info_command.hpp"
#include "src/cli/mosaic_command.hpp"
#include "src/cli/reproject_command.hpp"
#include "src/cli/validate_command.hpp"
#include "src/report/error.hpp"
#include "src/report/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <memory>
#include <set>

namespace cogmill::cli {
namespace {

using report::UsageError;

constexpr std::string_view kHelp =
    R"(Usage: [mpirun -np N] cogmill COMMAND [OPTIONS] FILES
Turns GeoTIFFs into Cloud Optimized GeoTIFFs on every core, one file written by
all MPI ranks together.
  calc      band math and spectral indices
  convert   any raster to a COG, a tiled GeoTIFF or a VRT of COGs
  reproject one raster onto another grid, as gdalwarp
  mosaic    many rasters on one grid, as one
  info      what a file is and how cogmill reads it
  validate  checks that a file is a valid COG
  doctor    what this machine offers to cogmill: GPUs, MPI, libraries, storage
cogmill COMMAND --help explains a command; cogmill --version prints versions.
Exit codes: 0 done, 1 the job failed, 2 the command line is wrong.
Examples:
  cogmill convert scene.tif cog.tif
  mpirun -np 2 cogmill calc -i scene.tif --index ndvi --red 3 --nir 4 ndvi.tif
)";

struct Entry {
  std::string name;
  std::function<std::unique_ptr<Command>()> make;
};

const std::vector<Entry>& commands() {
  static const std::vector<Entry> table = {
      {"calc", [] { return std::make_unique<CalcCommand>(); }},
      {"convert", [] { return std::make_unique<ConvertCommand>(); }},
      {"reproject", [] { return std::make_unique<ReprojectCommand>(); }},
      {"mosaic", [] { return std::make_unique<MosaicCommand>(); }},
      {"info", [] { return std::make_unique<InfoCommand>(); }},
      {"validate", [] { return std::make_unique<ValidateCommand>(); }},
      {"doctor", [] { return std::make_unique<DoctorCommand>(); }},
  };
  return table;
}

std::unique_ptr<Command> make_command(const std::string& name) {
  std::vector<std::string> names;
  for (const Entry& entry : commands()) {
    if (entry.name == name) return entry.make();
    names.push_back(entry.name);
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

Request parse_with(Command& command, const std::string& name,
                   const std::vector<std::string>& arguments) {
  OptionTable options(name);
  bool help = false;
  options.flag("help", help);
  options.alias("h", "help");
  command.declare(options);
  const std::vector<std::string> others = options.parse(arguments);
  if (help) return HelpRequest{std::string(command.help())};
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
    return HelpRequest{std::string(kHelp)};
  if (first == "help") return HelpRequest{std::string(make_command(rest[0])->help())};
  Request request = parse_with(*make_command(first), first, rest);
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
