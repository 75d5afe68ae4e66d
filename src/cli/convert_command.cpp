// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/convert_command.hpp"

#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: cogmill convert [OPTIONS] INPUT OUTPUT
Converts a raster into one COG (.tif), or into a COG per rank and a VRT (.vrt).
 --of, --output-format COG|GTiff|VRT    default: by OUTPUT's extension
 --ot, --output-data-type TYPE          Byte UInt16 ...; default: as INPUT
 --src-nodata VALUE  --dst-nodata VALUE a number or nan
 --dst-crs CRS  --bbox  --resolution  --resampling ...   as cogmill reproject
 --co, --creation-option NAME=VALUE     as of GDAL's COG driver:
     COMPRESS=DEFLATE|ZSTD|LZW|NONE  LEVEL=N  PREDICTOR=YES|NO|STANDARD|
     FLOATING_POINT  BLOCKSIZE=512  OVERVIEWS=AUTO|IGNORE_EXISTING|NONE
     OVERVIEW_COUNT=N  RESAMPLING OVERVIEW_RESAMPLING=NEAREST|AVERAGE|BILINEAR|
     CUBIC|MODE  BIGTIFF=IF_NEEDED|IF_SAFER|YES|NO  NUM_THREADS=N|ALL_CPUS
     SPARSE_OK=YES|NO  STATISTICS=AUTO|YES|NO  INTERLEAVE=PIXEL|BAND
 --overwrite                            replace OUTPUT
 --threads N|ALL_CPUS  --memory SIZE    of a rank; SIZE as in 512MB or 2GiB
 --backend auto|cpu|cuda --gpu-memory SIZE --scratch DIR --on-error stop|nodata
 --dry-run                              print the plan, read no pixel
 --record FILE.yaml  --trace FILE.json  --quicklook FILE.png
 --price-per-hour X  --progress auto|bar|plain|json|none
 --log-level debug|info|warning|error   --config NAME=VALUE  (GDAL's)
Examples:
  cogmill convert scene.tif cog.tif
  mpirun -np 2 cogmill convert scene.tif zstd.tif --co COMPRESS=ZSTD
)";

}  // namespace

std::string_view ConvertCommand::help() const { return kHelp; }

void ConvertCommand::declare(OptionTable& options) {
  job_.command = "convert";
  processing_.declare(options, job_);
  warp_.declare(options);
}

Request ConvertCommand::finish(const std::vector<std::string>& arguments) {
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

}  // namespace cogmill::cli
