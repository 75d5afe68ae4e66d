// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/reproject_command.hpp"

#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: cogmill reproject [OPTIONS] INPUT OUTPUT
Warps a raster onto another grid, into one COG (.tif) or a VRT of COGs (.vrt).
 --dst-crs CRS  --src-crs CRS           EPSG:n, WKT, PROJJSON or PROJ string
 --bbox XMIN,YMIN,XMAX,YMAX  --bbox-crs CRS      --like FILE (takes its grid)
 --resolution X,Y  --size W,H (0: by the other)  --tap, --target-aligned-pixels
 -r, --resampling near|bilinear|cubic|cubicspline|lanczos|average|rms|mode|
                  min|max|med|q1|q3|sum
 --et, --error-threshold PX             default 0.125 (RPC_DEM: 0, exact)
 --ovr, --overview auto|none|N          which overview of INPUT is read
 --src-nodata VALUE  --dst-nodata VALUE  --add-alpha  --allow-large-output
 --cutline FILE --cutline-layer L --cutline-where SQL --crop-to-cutline
 --ct, --coordinate-operation PIPELINE  --to, --transform-option NAME=VALUE
 --wo, --warp-option NAME=VALUE         XSCALE YSCALE UNIFIED_SRC_NODATA
 --of, --output-format COG|GTiff|VRT    --ot, --output-data-type TYPE
 --co, --creation-option NAME=VALUE     as convert; --overwrite --dry-run
 --threads N|ALL_CPUS  --memory SIZE  --backend auto|cpu|cuda --gpu-memory SIZE
 --scratch DIR --on-error stop|nodata --price-per-hour X --config NAME=VALUE
 --record FILE.yaml  --trace FILE.json  --quicklook FILE.png
 --progress auto|bar|plain|json|none    --log-level debug|info|warning|error
Examples:
  cogmill reproject scene.tif web.tif --dst-crs EPSG:3857 -r bilinear
  mpirun -np 2 cogmill reproject scene.tif deg.tif --dst-crs EPSG:4326 -r cubic
)";

}  // namespace

std::string_view ReprojectCommand::help() const { return kHelp; }

void ReprojectCommand::declare(OptionTable& options) {
  job_.command = "reproject";
  processing_.declare(options, job_);
  warp_.declare(options);
  warp_.declare_cutline(options);
}

Request ReprojectCommand::finish(const std::vector<std::string>& arguments) {
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

}  // namespace cogmill::cli
