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
using report::UsageError;

kernels::DataType parse_data_type(const Argument& argument) {
  job::Choices<kernels::DataType> choices;
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

job::Choices<job::OutputFormat> formats() {
  return {{"COG", job::OutputFormat::kCog},
          {"GTiff", job::OutputFormat::kGTiff},
          {"VRT", job::OutputFormat::kVrt}};
}

job::OutputFormat parse_format(const Argument& argument) {
  const std::string name = job::to_upper(argument.value);
  if (name == "HDF5" || name == "NETCDF")
    argument.fail("HDF5 and netCDF output are not in this version of cogmill; use COG");
  return job::choose(argument, formats());
}

std::vector<std::string> data_type_words() {
  std::vector<std::string> words;
  for (int i = 0; i < kernels::kDataTypeCount; ++i)
    words.emplace_back(kernels::name_of(static_cast<kernels::DataType>(i)));
  return words;
}

void declare_output_options(OptionTable& options, job::Job& job) {
  options.value({.name = "output-data-type",
                 .alias = "ot",
                 .value = "TYPE",
                 .otherwise = "by INPUT",
                 .text = "Type of the output's pixels. Values are rounded half away from zero, and "
                         "saturate.",
                 .words = data_type_words()},
                [&job](const Argument& a) { job.output_type = parse_data_type(a); });
  options.value(
      {.name = "src-nodata",
       .value = "N",
       .otherwise = "the file's",
       .text = "Input pixels of this value are without data: a number, nan, inf or -inf."},
      [&job](const Argument& a) { job.src_nodata = parse_nodata(a); });
  options.value({.name = "dst-nodata",
                 .value = "N",
                 .otherwise = "by INPUT",
                 .text = "The value of output pixels without data. Data that come out equal to it "
                         "take the value beside it, with a warning."},
                [&job](const Argument& a) { job.dst_nodata = parse_nodata(a); });
  options.flag({.name = "overwrite", .text = "Replace OUTPUT, and the side-cars it has."},
               job.run.overwrite);
}

void declare_devices(OptionTable& options, job::RunOptions& run) {
  options.choice(
      {.name = "backend",
       .text = "Where pixels are computed. auto: on GPUs where every rank has one and "
               "the job is large."},
      run.backend,
      {{"auto", job::Backend::kAuto}, {"cpu", job::Backend::kCpu}, {"cuda", job::Backend::kCuda}});
  options.value(
      {.name = "memory",
       .value = "SIZE",
       .unit = "bytes",
       .otherwise = "3/4 of node",
       .text = "Bound of a rank's peak resident size, such as 512MB or 2GiB. The ranks of a "
               "node share the default."},
      [&run](const Argument& a) { run.memory = parse_memory(a); });
  options.value({.name = "gpu-memory",
                 .value = "SIZE",
                 .unit = "bytes",
                 .otherwise = "all free",
                 .text = "What a rank may take of its GPU's memory, such as 4GB."},
                [&run](const Argument& a) { run.gpu_memory = parse_memory(a); });
  options.value({.name = "scratch",
                 .value = "DIR",
                 .otherwise = "beside OUTPUT",
                 .text = "Folder for compressed tiles that do not fit into --memory."},
                run.scratch);
}

void declare_behaviour(OptionTable& options, job::RunOptions& run) {
  options.choice({.name = "on-error",
                  .text = "What damaged blocks of an input do: stop the job, or become nodata and "
                          "be listed in the record."},
                 run.on_error, {{"stop", io::OnError::kStop}, {"nodata", io::OnError::kNodata}});
  options.flag({.name = "dry-run",
                .text = "Print grid, memory, disk, ranks and devices, and read no pixel."},
               run.dry_run);
}

void declare_reports(OptionTable& options, job::RunOptions& run) {
  using job::ProgressMode;
  options.value({.name = "record",
                 .value = "FILE.yaml",
                 .text = "Write what was done: hardware, software, inputs, rates, cost."},
                run.record);
  options.value({.name = "trace",
                 .value = "FILE.json",
                 .text = "Write when each stage did what, for Perfetto or chrome://tracing."},
                run.trace);
  options.value(
      {.name = "quicklook", .value = "FILE.png", .text = "Write a small picture of the output."},
      run.quicklook);
  options.value({.name = "price-per-hour",
                 .value = "X",
                 .unit = "currency",
                 .text = "Price of the whole allocation: the summary and the record say what the "
                         "job cost."},
                [&run](const Argument& a) { run.price_per_hour = parse_price(a); });
  options.choice({.name = "progress",
                  .text = "Where progress goes. auto: a bar on a terminal, else plain lines."},
                 run.progress,
                 {{"auto", ProgressMode::kAuto},
                  {"bar", ProgressMode::kBar},
                  {"plain", ProgressMode::kPlain},
                  {"json", ProgressMode::kJson},
                  {"none", ProgressMode::kNone}});
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
  options.choice(
      {.name = "log-level", .text = "What goes to stderr: this and all that is worse."}, log_level,
      {{"debug", "debug"}, {"info", "info"}, {"warning", "warning"}, {"error", "error"}});
  options.repeated({.name = "config",
                    .value = "NAME=VALUE",
                    .text = "Configuration option of GDAL, such as GDAL_CACHEMAX=64; repeatable."},
                   [&config](const Argument& a) {
                     const auto equals = a.value.find('=');
                     if (equals == std::string::npos || equals == 0)
                       a.fail("takes NAME=VALUE, such as GDAL_CACHEMAX=64");
                     config[a.value.substr(0, equals)] = a.value.substr(equals + 1);
                   });
}

void ProcessingOptions::declare_output(OptionTable& options, job::Job& job,
                                       const std::string& explained_in) {
  options.section("Output");
  options.value({.name = "output-format",
                 .alias = "of",
                 .otherwise = "by OUTPUT's name",
                 .text = "COG, a tiled GeoTIFF without a COG's order, or a COG per rank and a VRT "
                         "that shows them as one. OUTPUT.vrt is a VRT, OUTPUT.tif a COG.",
                 .words = job::words_of(formats())},
                [this](const Argument& a) { format_ = parse_format(a); });
  declare_output_options(options, job);
  options.section("Output", explained_in);
  options.repeated({.name = "creation-option",
                    .alias = "co",
                    .value = "NAME=VALUE",
                    .text = "How the file is written, as for GDAL's COG driver; repeatable.",
                    .keywords = job::creation_option_texts()},
                   [this](const Argument& a) { creation_arguments_.push_back(a.value); });
}

void ProcessingOptions::declare_run(OptionTable& options, job::Job& job,
                                    const std::string& explained_in) {
  options.section("Run", explained_in);
  options.value({.name = "threads",
                 .value = "N|ALL_CPUS",
                 .otherwise = "its share of cores",
                 .text = "Threads of a rank.",
                 .words = {"ALL_CPUS"}},
                [this, &job](const Argument& a) {
                  job.run.threads = job::parse_threads(a);
                  all_cpus_ = !job.run.threads;
                });
  declare_devices(options, job.run);
  declare_behaviour(options, job.run);
  options.section("Reports", explained_in);
  declare_reports(options, job.run);
  declare_environment_options(options, job.run.log_level, job.run.config);
}

void ProcessingOptions::finish(job::Job& job) const {
  job.creation = job::parse_creation_options(creation_arguments_);
  if (all_cpus_) job.creation.num_threads.reset();
  job.format = format_ ? *format_ : format_by_extension(job.output);
  check_format(job.output, job.format);
  check_distinct_files(job);
}

}  // namespace cogmill::cli
