// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/mosaic_command.hpp"

#include "src/report/error.hpp"

namespace cogmill::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: cogmill mosaic [OPTIONS] INPUT... OUTPUT
Puts many rasters on one grid, into one COG (.tif) or a VRT of COGs (.vrt).
INPUT: rasters, folders, lists of them (@FILE, FILE.txt), VRT mosaics, tile
indexes with a location field, FILE.gti, STAC items (.json). Later ones on top.
 --method last|first|mean|min|max       where sources overlap
 --resolution highest|lowest|average|X,Y   default highest, as gdalbuildvrt
 --dst-crs CRS (default: the first source's)  --src-crs CRS
 --bbox XMIN,YMIN,XMAX,YMAX --bbox-crs CRS  --size W,H  --tap  --like FILE
 -r, --resampling near|bilinear|cubic|...  --et PX  --ovr auto|none|N
 --src-nodata VALUE  --dst-nodata VALUE  --add-alpha  --allow-large-output
 --cutline FILE --cutline-layer L --cutline-where SQL --crop-to-cutline
 --input-file-list FILE  --asset NAME   sources in a list; asset of STAC items
 --ct PIPELINE  --to NAME=VALUE  --wo NAME=VALUE    as cogmill reproject
 --of, --output-format COG|GTiff|VRT    --ot, --output-data-type TYPE
 --co, --creation-option NAME=VALUE     as convert; --overwrite --dry-run
 --threads N|ALL_CPUS  --memory SIZE  --scratch DIR  --on-error stop|nodata
 --backend auto|cpu|cuda --gpu-memory SIZE --price-per-hour X --config N=V
 --record FILE.yaml  --trace FILE.json  --quicklook FILE.png
 --progress auto|bar|plain|json|none    --log-level debug|info|warning|error
Examples:
  cogmill mosaic north.tif south.tif land.tif --method first
  mpirun -np 2 cogmill mosaic a.tif b.tif web.tif --dst-crs EPSG:3857 -r cubic
)";

job::MosaicMethod parse_method(const job::Argument& argument) {
  using job::MosaicMethod;
  return job::choose<MosaicMethod>(argument, {{"last", MosaicMethod::kLast},
                                              {"first", MosaicMethod::kFirst},
                                              {"mean", MosaicMethod::kMean},
                                              {"min", MosaicMethod::kMin},
                                              {"max", MosaicMethod::kMax}});
}

}  // namespace

std::string_view MosaicCommand::help() const { return kHelp; }

void MosaicCommand::declare(OptionTable& options) {
  job_.command = "mosaic";
  processing_.declare(options, job_);
  warp_.declare_for_mosaic(options, mosaic_);
  warp_.declare_cutline(options);
  options.value("method", [this](const job::Argument& a) { mosaic_.method = parse_method(a); });
  options.value("asset", mosaic_.asset);
  options.repeated("input-file-list",
                   [this](const job::Argument& a) { mosaic_.lists.push_back(a.value); });
}

Request MosaicCommand::finish(const std::vector<std::string>& arguments) {
  const std::size_t least = mosaic_.lists.empty() ? 2 : 1;
  if (arguments.size() < least)
    throw report::UsageError(std::string("mosaic has no ") +
                             (arguments.empty() && least == 2 ? "INPUT" : "OUTPUT") +
                             "; give cogmill mosaic INPUT... OUTPUT");
  for (std::size_t i = 0; i + 1 < arguments.size(); ++i) job_.inputs.push_back({"", arguments[i]});
  job_.output = arguments.back();
  job_.mosaic = mosaic_;
  warp_.finish(job_, true);
  processing_.finish(job_);
  return job_;
}

}  // namespace cogmill::cli
