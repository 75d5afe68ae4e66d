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
    .name = "convert",
    .arguments = "[OPTIONS] INPUT OUTPUT",
    .title = "any raster to a COG, a tiled GeoTIFF or a VRT of COGs",
    .summary = R"(Converts a raster into one COG (.tif), or into a COG per rank and a VRT (.vrt).)",
    .description =
        R"(
Converts any raster that GDAL reads into one Cloud Optimized GeoTIFF with everything that describes
it: CRS, nodata, masks, alpha, colours, band names, scale and offset, metadata. A name that ends in
.vrt gives a COG per rank and a VRT that shows them as one image. With an option of the grid the
raster is resampled, as by cogmill-reproject(1).

INPUT is a name as GDAL opens it: a file, /vsis3/bucket/file, /vsizip/archive.zip/file. All ranks
read, compute, compress and write one file together; its bytes do not depend on how many there are,
on threads or memory.)",
    .memory = kMemoryOfJobs,
    .exit_status = kExitOfJobs,
    .examples = {"cogmill convert scene.tif cog.tif",
                 "mpirun -np 2 cogmill convert scene.tif zstd.tif --co COMPRESS=ZSTD"},
    .see_also = "cogmill(1), cogmill-reproject(1), cogmill-validate(1), gdal_translate(1)"};

class ConvertCommand : public Command {
 public:
  const CommandText& text() const override { return kText; }

  void declare(OptionTable& options) override {
    job_.command = "convert";
    processing_.declare_output(options, job_);
    warp_.declare(options, "reproject");
    processing_.declare_run(options, job_);
  }

  Request finish(const std::vector<std::string>& arguments) override {
    if (arguments.size() < 2)
      throw report::UsageError(std::string("convert has no ") +
                               (arguments.empty() ? "INPUT" : "OUTPUT") +
                               "; give cogmill convert INPUT OUTPUT");
    if (arguments.size() > 2)
      throw report::UsageError("convert takes one INPUT and one OUTPUT; " + arguments[2] +
                               " is one file too many");
    job_.inputs = {{"", arguments[0]}};
    job_.output = arguments[1];
    warp_.finish(job_, false);
    processing_.finish(job_);
    return job_;
  }

 private:
  job::Job job_;
  ProcessingOptions processing_;
  WarpArguments warp_;
};

}  // namespace

std::unique_ptr<Command> make_convert_command() { return std::make_unique<ConvertCommand>(); }

}  // namespace cogmill::cli
