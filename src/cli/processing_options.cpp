// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/processing_options.hpp"

#include "src/job/creation_options.hpp"
#include "src/report/error.hpp"
#include "src/report/sizes.hpp"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <utility>

namespace cogmill::cli {
namespace {

using job::Argument;
using job::Choice;
using report::UsageError;

kernels::DataType parse_data_type(const Argument& argument) {
  std::vector<Choice<kernels::DataType>> choices;
  for (int i = 0; i < kernels::kDataTypeCount; ++i) {
    const auto type = static_cast<kernels::DataType>(i);
    choices.push_back({std::string(kernels::name_of(type)), type});
  }
  if (job::to_upper(argument.value) == "UINT8") return kernels::DataType::kUInt8;
  return job::choose(argument, choices);
}

kernels::Nodata parse_nodata(const Argument& argument) {
  const auto nodata = kernels::Nodata::parse(argument.value);
  if (!nodata) argument.fail("takes a number, nan, inf or -inf");
  return *nodata;
}

std::int64_t parse_memory(const Argument& argument) {
  const auto bytes = report::parse_size(argument.value);
  if (!bytes || *bytes == 0) argument.fail("takes a size such as 512MB or 2GiB");
  return *bytes;
}

double parse_price(const Argument& argument) {
  double price = 0;
  const char* end = argument.value.data() + argument.value.size();
  const auto result = std::from_chars(argument.value.data(), end, price);
  if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(price) || price < 0)
    argument.fail("takes a number that is not negative, such as 2.5");
  return price;
}

job::OutputFormat parse_format(const Argument& argument) {
  const std::string name = job::to_upper(argument.value);
  if (name == "HDF5" || name == "NETCDF")
    argument.fail("HDF5 and netCDF output are not in this version of cogmill; use COG");
  return job::choose<job::OutputFormat>(argument, {{"COG", job::OutputFormat::kCog},
                                                   {"GTiff", job::OutputFormat::kGTiff},
                                                   {"VRT", job::OutputFormat::kVrt}});
}

job::Backend parse_backend(const Argument& argument) {
  return job::choose<job::Backend>(
      argument,
      {{"auto", job::Backend::kAuto}, {"cpu", job::Backend::kCpu}, {"cuda", job::Backend::kCuda}});
}

void declare_output_options(OptionTable& options, job::Job& job) {
  options.value("output-data-type",
                [&job](const Argument& a) { job.output_type = parse_data_type(a); });
  options.value("dst-nodata", [&job](const Argument& a) { job.dst_nodata = parse_nodata(a); });
  options.value("src-nodata", [&job](const Argument& a) { job.src_nodata = parse_nodata(a); });
  options.alias("ot", "output-data-type");
  options.alias("of", "output-format");
  options.alias("co", "creation-option");
}

void declare_run_options(OptionTable& options, job::RunOptions& run) {
  using job::ProgressMode;
  const auto text = [&options](const std::string& name, std::optional<std::string>& target) {
    options.value(name, [&target](const Argument& a) { target = a.value; });
  };
  options.value("backend", [&run](const Argument& a) { run.backend = parse_backend(a); });
  options.value("gpu-memory", [&run](const Argument& a) { run.gpu_memory = parse_memory(a); });
  options.value("memory", [&run](const Argument& a) { run.memory = parse_memory(a); });
  options.value("on-error", [&run](const Argument& a) {
    run.on_error = job::choose<io::OnError>(
        a, {{"stop", io::OnError::kStop}, {"nodata", io::OnError::kNodata}});
  });
  options.value("progress", [&run](const Argument& a) {
    run.progress = job::choose<ProgressMode>(a, {{"auto", ProgressMode::kAuto},
                                                 {"bar", ProgressMode::kBar},
                                                 {"plain", ProgressMode::kPlain},
                                                 {"json", ProgressMode::kJson},
                                                 {"none", ProgressMode::kNone}});
  });
  options.value("price-per-hour",
                [&run](const Argument& a) { run.price_per_hour = parse_price(a); });
  text("scratch", run.scratch);
  text("record", run.record);
  text("trace", run.trace);
  text("quicklook", run.quicklook);
  options.flag("overwrite", run.overwrite);
  options.flag("dry-run", run.dry_run);
}

job::OutputFormat format_by_extension(const std::string& output) {
  const std::string extension = job::to_upper(std::filesystem::path(output).extension().string());
  if (extension == ".TIF" || extension == ".TIFF") return job::OutputFormat::kCog;
  if (extension == ".VRT") return job::OutputFormat::kVrt;
  if (extension == ".H5" || extension == ".HDF5" || extension == ".NC")
    throw UsageError("output " + output +
                     ": HDF5 and netCDF output are not in this version of cogmill; use .tif");
  throw UsageError("output " + output + ": the format cannot be told by the name; end it in .tif " +
                   "or .vrt, or give --output-format");
}

void check_format(const std::string& output, job::OutputFormat format) {
  const std::string extension = job::to_upper(std::filesystem::path(output).extension().string());
  if ((extension == ".VRT") != (format == job::OutputFormat::kVrt))
    throw UsageError("output " + output + " contradicts --output-format: a VRT ends in .vrt, " +
                     "and nothing else does");
}

/// Names are compared as typed: whether two names are one file is seen when files are opened.
void check_distinct_files(const job::Job& job) {
  std::map<std::string, std::string> roles;
  const auto add = [&roles](const std::string& role, const std::string& path) {
    const auto [place, added] = roles.emplace(path, role);
    if (!added)
      throw UsageError(role + " and " + place->second + " are one file: " + path +
                       "; give them different names");
  };
  for (const job::Input& input : job.inputs) roles.emplace(input.path, "an input");
  add("OUTPUT", job.output);
  if (job.run.record) add("--record", *job.run.record);
  if (job.run.trace) add("--trace", *job.run.trace);
  if (job.run.quicklook) add("--quicklook", *job.run.quicklook);
}

}  // namespace

void declare_environment_options(OptionTable& options, std::string& log_level,
                                 std::map<std::string, std::string>& config) {
  options.value("log-level", [&log_level](const Argument& a) {
    log_level = job::choose<std::string>(
        a, {{"debug", "debug"}, {"info", "info"}, {"warning", "warning"}, {"error", "error"}});
  });
  options.repeated("config", [&config](const Argument& a) {
    const auto equals = a.value.find('=');
    if (equals == std::string::npos || equals == 0)
      a.fail("takes NAME=VALUE, such as GDAL_CACHEMAX=64");
    config[a.value.substr(0, equals)] = a.value.substr(equals + 1);
  });
}

void ProcessingOptions::declare(OptionTable& options, job::Job& job) {
  declare_output_options(options, job);
  declare_run_options(options, job.run);
  declare_environment_options(options, job.run.log_level, job.run.config);
  options.value("output-format", [this](const Argument& a) { format_ = parse_format(a); });
  options.repeated("creation-option",
                   [this](const Argument& a) { creation_arguments_.push_back(a.value); });
  options.value("threads", [this, &job](const Argument& a) {
    job.run.threads = job::parse_threads(a);
    all_cpus_ = !job.run.threads;
  });
}

void ProcessingOptions::finish(job::Job& job) const {
  job.creation = job::parse_creation_options(creation_arguments_);
  if (all_cpus_) job.creation.num_threads.reset();
  job.format = format_ ? *format_ : format_by_extension(job.output);
  check_format(job.output, job.format);
  check_distinct_files(job);
}

}  // namespace cogmill::cli
