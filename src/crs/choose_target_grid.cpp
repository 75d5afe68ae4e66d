// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/gdal_transformer.hpp"
#include "src/crs/grid_options.hpp"
#include "src/crs/grid_overlap.hpp"
#include "src/crs/source_image.hpp"
#include "src/crs/srs.hpp"
#include "src/crs/target_grid.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <cpl_string.h>
#include <gdal_utils.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <limits>
#include <memory>

namespace cogmill::crs {
namespace {

using report::RuntimeError;

void add_numbers(CPLStringList& args, const char* option, std::initializer_list<double> numbers) {
  args.AddString(option);
  for (const double number : numbers) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", number);
    args.AddString(text);
  }
}

void add_source(CPLStringList& args, const SourceOptions& source) {
  if (!source.src_crs.empty()) {
    args.AddString("-s_srs");
    args.AddString(source.src_crs.c_str());
  }
  if (!source.coordinate_operation.empty()) {
    args.AddString("-ct");
    args.AddString(source.coordinate_operation.c_str());
  }
  for (const std::string& option : source.transformer_options) {
    args.AddString("-to");
    args.AddString(option.c_str());
  }
}

/// gdalwarp's arguments for the grid alone: a VRT computes no pixels.
CPLStringList warp_arguments(const SourceOptions& source, const GridOptions& o) {
  CPLStringList args;
  for (const char* word : {"-q", "-of", "VRT", "-r", "near", "-ovr", "NONE", "-novshift"})
    args.AddString(word);
  add_source(args, source);
  if (!o.dst_crs.empty()) {
    args.AddString("-t_srs");
    args.AddString(o.dst_crs.c_str());
  }
  if (o.resolution) add_numbers(args, "-tr", {(*o.resolution)[0], (*o.resolution)[1]});
  if (o.size)
    add_numbers(args, "-ts",
                {static_cast<double>((*o.size)[0]), static_cast<double>((*o.size)[1])});
  if (o.bbox) add_numbers(args, "-te", {(*o.bbox)[0], (*o.bbox)[1], (*o.bbox)[2], (*o.bbox)[3]});
  if (!o.bbox_crs.empty()) {
    args.AddString("-te_srs");
    args.AddString(o.bbox_crs.c_str());
  }
  if (o.target_aligned_pixels) args.AddString("-tap");
  return args;
}

/// A grid, or why there is none.
struct Answer {
  TargetGrid grid;
  std::string error;
};

/// Asks this GDAL's own gdalwarp, whose rules differ between versions.
Answer ask_gdal(const SourceOptions& source, const GridOptions& options) {
  const io::GdalMessages messages;
  const auto failed = [&] {
    return Answer{{}, messages.first_error().empty() ? "no reason given" : messages.first_error()};
  };
  const GDALDatasetUniquePtr file(GDALDataset::Open(source.path.c_str(), GDAL_OF_RASTER));
  if (!file) return failed();
  CPLStringList args = warp_arguments(source, options);
  const std::unique_ptr<GDALWarpAppOptions, decltype(&GDALWarpAppOptionsFree)> warp(
      GDALWarpAppOptionsNew(args.List(), nullptr), &GDALWarpAppOptionsFree);
  if (!warp) return failed();
  GDALDatasetH input = GDALDataset::ToHandle(file.get());
  int usage_error = FALSE;
  const GDALDatasetUniquePtr output(
      GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &input, warp.get(), &usage_error)));
  Answer answer;
  if (!output || output->GetGeoTransform(answer.grid.geotransform.data()) != CE_None)
    return failed();
  answer.grid.width = output->GetRasterXSize();
  answer.grid.height = output->GetRasterYSize();
  return answer;
}

/// The grid over the same extent whose pixels are as large as GDAL suggests.
Answer ask_extent(const SourceOptions& source, const GridOptions& options) {
  GridOptions extent_only = options;
  extent_only.resolution.reset();
  extent_only.size.reset();
  extent_only.target_aligned_pixels = false;
  return ask_gdal(source, extent_only);
}

double across(const TargetGrid& g) {
  return std::abs(g.geotransform[1]) * static_cast<double>(g.width);
}

double down(const TargetGrid& g) {
  return std::abs(g.geotransform[5]) * static_cast<double>(g.height);
}

/// Refuses a resolution that makes the extent of `whole` too many pixels, or none.
void check_pixels_across(const TargetGrid& whole, const GridOptions& options) {
  const double width = across(whole) / (*options.resolution)[0];
  const double height = down(whole) / (*options.resolution)[1];
  check_grid_size(width, height, options);
  if (!options.target_aligned_pixels && (width < 0.5 || height < 0.5))
    throw report::UsageError(
        "the output's extent is less than half a pixel of --resolution "
        "across; make --resolution finer or --bbox larger");
}

/// GDAL 3.10 looks at every column and row of a grid of a given resolution for blank borders, in
/// time and memory that grow with them: absurd sizes are refused before it is asked, and for large
/// ones it is told the box that it would find. It also makes a pixel of less than half a pixel.
/// @throws report::UsageError as check_pixels_across
GridOptions without_search(const SourceOptions& source, const GridOptions& options) {
  constexpr double kLarge = 1 << 20;  // [px] along one side
  if (!options.resolution) return options;
  const Answer whole = ask_extent(source, options);
  if (!whole.error.empty()) return options;
  check_pixels_across(whole.grid, options);
  const auto& [x_size, y_size] = *options.resolution;
  const bool large = std::max(across(whole.grid) / x_size, down(whole.grid) / y_size) > kLarge;
  if (options.bbox || !large) return options;
  GridOptions boxed = options;
  const auto& g = whole.grid.geotransform;
  boxed.bbox = {{g[0], g[3] - down(whole.grid), g[0] + across(whole.grid), g[3]}};
  return boxed;
}

/// GDAL counts in int: says which size it could not count to.
void explain_size(const SourceOptions& source, const GridOptions& options) {
  if (!options.resolution && !options.size) return;
  const Answer whole = ask_extent(source, options);
  if (!whole.error.empty()) return;
  if (options.resolution) {
    check_pixels_across(whole.grid, options);
  } else {
    const auto [w, h] = *options.size;
    const double shape = across(whole.grid) / down(whole.grid);
    check_grid_size(w == 0 ? static_cast<double>(h) * shape : static_cast<double>(w),
                    h == 0 ? static_cast<double>(w) / shape : static_cast<double>(h), options);
  }
}

[[noreturn]] void explain(const std::string& error, const std::string& path,
                          const std::string& target) {
  // GDAL's words when most or all of the source has no place in the output's CRS.
  if (error.find("failed to transform") != std::string::npos ||
      error.find("transformed points") != std::string::npos)
    throw RuntimeError(path + " lies outside the domain of \"" + target + "\" (" + error +
                       "); choose another --dst-crs");
  if (error.find("-tr and -ts") != std::string::npos)
    throw report::UsageError(
        "--resolution and --size contradict each other for this --bbox; give one of them");
  throw RuntimeError("cannot lay out an output grid for " + path + ": " + error +
                     "; check --dst-crs, --resolution, --size and --bbox");
}

TargetGrid grid_of_file(const std::string& path) {
  const io::GdalMessages messages;
  const GDALDatasetUniquePtr file(
      GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR));
  if (!file)
    throw RuntimeError("cannot open --like " + path + ": " +
                       (messages.first_error().empty() ? "not a raster" : messages.first_error()));
  TargetGrid grid;
  if (file->GetGeoTransform(grid.geotransform.data()) != CE_None)
    throw RuntimeError("--like " + path + " has no geotransform, so it has no grid to take");
  const OGRSpatialReference* srs = file->GetSpatialRef();
  if (srs == nullptr || srs->IsEmpty())
    throw RuntimeError("--like " + path +
                       " does not say in which coordinate reference system it is; add it with "
                       "gdal_edit.py -a_srs");
  grid.crs_wkt = wkt_of(*srs);
  grid.width = file->GetRasterXSize();
  grid.height = file->GetRasterYSize();
  return grid;
}

TargetGrid computed_grid(const SourceOptions& source, const GridOptions& options,
                         const SourceImage& image, const std::string& crs_wkt) {
  Answer answer = ask_gdal(source, without_search(source, options));
  const bool counted = answer.grid.width < std::numeric_limits<std::int32_t>::max() &&
                       answer.grid.height < std::numeric_limits<std::int32_t>::max();
  if (!answer.error.empty() || !counted) explain_size(source, options);
  if (!answer.error.empty()) {
    const OGRSpatialReference target =
        crs_wkt.empty() ? OGRSpatialReference() : srs_from_text(crs_wkt, "--dst-crs");
    explain(answer.error, image.path, title_of(target));
  }
  answer.grid.crs_wkt = crs_wkt;
  return answer.grid;
}

}  // namespace

TargetGrid choose_target_grid(const SourceOptions& source, const GridOptions& options) {
  check_grid_options(options);
  io::register_gdal();
  std::string crs_wkt;
  if (!options.dst_crs.empty()) crs_wkt = crs_from_text(options.dst_crs, "--dst-crs");
  if (!options.bbox_crs.empty()) crs_from_text(options.bbox_crs, "--bbox-crs");
  const SourceImage image = open_source_image(source);
  if (options.like.empty() && crs_wkt.empty()) crs_wkt = wkt_of(image.srs);
  TargetGrid grid;
  if (!options.like.empty())
    grid = grid_of_file(options.like);
  else
    grid.crs_wkt = crs_wkt;
  if (!grid.crs_wkt.empty()) require_crs(image, source);
  // Says best why there is no way between the two CRSs.
  const GdalTransformer probe(image, transformer_options(source, grid.crs_wkt), grid.geotransform);
  if (options.like.empty()) grid = computed_grid(source, options, image, crs_wkt);
  check_grid_size(static_cast<double>(grid.width), static_cast<double>(grid.height), options);
  if (!options.like.empty() || options.bbox) require_overlap(source, image, grid);
  return grid;
}

}  // namespace cogmill::crs
