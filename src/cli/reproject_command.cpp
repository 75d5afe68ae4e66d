// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/command_texts.hpp"
#include "src/cli/commands.hpp"
#include "src/cli/processing_options.hpp"
#include "src/cli/warp_arguments.hpp"
#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr CommandText kText = {
    .name = "reproject",
    .arguments = "[OPTIONS] INPUT OUTPUT",
    .title = "one raster onto another grid, as gdalwarp",
    .summary = R"(Warps a raster onto another grid, into one COG (.tif) or a VRT of COGs (.vrt).)",
    .description =
        R"(
Warps a raster onto another grid, as gdalwarp does it: with its options, its resampling methods and
the grid that it would choose, but without seams. A pixel depends on its place in the output alone.
Positions come from PROJ and are interpolated within --error-threshold.

INPUT is a name as GDAL opens it: a file, /vsis3/bucket/file, /vsizip/archive.zip/file. All ranks
read, compute, compress and write one file together; its bytes do not depend on how many there are,
on threads or memory.)",
    .memory = kMemoryOfJobs,
    .exit_status = kExitOfJobs,
    .examples = {"cogmill reproject scene.tif web.tif --dst-crs EPSG:3857 -r bilinear",
                 "mpirun -np 2 cogmill reproject scene.tif deg.tif --dst-crs EPSG:4326 -r cubic"},
    .see_also = "cogmill(1), cogmill-mosaic(1), cogmill-convert(1), gdalwarp(1)"};

class ReprojectCommand : public Command {
 public:
  const CommandText& text() const override { return kText; }

  void declare(OptionTable& options) override {
    job_.command = "reproject";
    warp_.declare(options);
    warp_.declare_cutline(options);
    processing_.declare_output(options, job_, "convert");
    processing_.declare_run(options, job_, "convert");
  }

  Request finish(const std::vector<std::string>& arguments) override {
    if (arguments.size() < 2)
      throw report::UsageError(std::string("reproject has no ") +
                               (arguments.empty() ? "INPUT" : "OUTPUT") +
                               "; give cogmill reproject INPUT OUTPUT");
    if (arguments.size() > 2)
      throw report::UsageError("reproject takes one INPUT and one OUTPUT; " + arguments[2] +
                               " is one file too many (many sources: cogmill mosaic)");
    job_.inputs = {{"", arguments[0]}};
    job_.output = arguments[1];
    warp_.finish(job_, true);
    processing_.finish(job_);
    return job_;
  }

 private:
  job::Job job_;
  ProcessingOptions processing_;
  WarpArguments warp_;
};

}  // namespace

std::unique_ptr<Command> make_reproject_command() { return std::make_unique<ReprojectCommand>(); }

}  // namespace cogmill::cli
