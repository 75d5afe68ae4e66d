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
    .name = "mosaic",
    .arguments = "[OPTIONS] INPUT... OUTPUT",
    .title = "many rasters on one grid, as one",
    .summary = R"(Puts many rasters on one grid, into one COG (.tif) or a VRT of COGs (.vrt).
INPUT: rasters, folders, lists of them (@FILE, FILE.txt), VRT mosaics, tile
indexes with a location field, FILE.gti, STAC items (.json). Later ones on top.)",
    .description =
        R"(
Puts many rasters of any CRS and resolution on one grid, into one COG or a VRT of COGs.

INPUT is a raster, or something that names rasters: a folder; a list of them (@FILE, FILE.txt), a
source on each line; a VRT as gdalbuildvrt makes it; a tile index as gdaltindex makes it, or a .gti
document; a STAC item or ItemCollection (.json). The order given is the priority: later ones lie on
top. Sources are opened when a chunk needs them, and at most 32 are kept open.

The grid is that of the sources in the CRS of the first of them, unless options say otherwise;
sources whose pixels are the output's are copied, the others resampled.)",
    .memory = kMemoryOfJobs,
    .exit_status = kExitOfJobs,
    .examples = {"cogmill mosaic north.tif south.tif land.tif --method first",
                 "mpirun -np 2 cogmill mosaic a.tif b.tif web.tif --dst-crs EPSG:3857 -r cubic"},
    .see_also = "cogmill(1), cogmill-reproject(1), gdalbuildvrt(1), gdaltindex(1), gdalwarp(1)"};

class MosaicCommand : public Command {
 public:
  const CommandText& text() const override { return kText; }

  void declare(OptionTable& options) override {
    job_.command = "mosaic";
    options.section("Sources");
    declare_sources(options);
    warp_.declare_for_mosaic(options, mosaic_, "reproject");
    warp_.declare_cutline(options, "reproject");
    processing_.declare_output(options, job_, "convert");
    processing_.declare_run(options, job_, "convert");
  }

  Request finish(const std::vector<std::string>& arguments) override {
    const std::size_t least = mosaic_.lists.empty() ? 2 : 1;
    if (arguments.size() < least)
      throw report::UsageError(std::string("mosaic has no ") +
                               (arguments.empty() && least == 2 ? "INPUT" : "OUTPUT") +
                               "; give cogmill mosaic INPUT... OUTPUT");
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i)
      job_.inputs.push_back({"", arguments[i]});
    job_.output = arguments.back();
    job_.mosaic = mosaic_;
    warp_.finish(job_, true);
    processing_.finish(job_);
    return job_;
  }

 private:
  void declare_sources(OptionTable& options) {
    using job::MosaicMethod;
    options.choice({.name = "method",
                    .text = "What a pixel is where sources overlap: that of the last or first "
                            "source with data there, or the mean, least or largest of all."},
                   mosaic_.method,
                   {{"last", MosaicMethod::kLast},
                    {"first", MosaicMethod::kFirst},
                    {"mean", MosaicMethod::kMean},
                    {"min", MosaicMethod::kMin},
                    {"max", MosaicMethod::kMax}});
    options.repeated({.name = "input-file-list",
                      .value = "FILE",
                      .text = "A source on each line of FILE, before the INPUTs; repeatable."},
                     [this](const job::Argument& a) { mosaic_.lists.push_back(a.value); });
    options.value({.name = "asset",
                   .value = "NAME",
                   .otherwise = "first GeoTIFF",
                   .text = "Which asset of each STAC item is a source."},
                  mosaic_.asset);
  }

  job::Job job_;
  job::MosaicOptions mosaic_;
  ProcessingOptions processing_;
  WarpArguments warp_;
};

}  // namespace

std::unique_ptr<Command> make_mosaic_command() { return std::make_unique<MosaicCommand>(); }

}  // namespace cogmill::cli
