// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/ask_gdalwarp.hpp"
#include "src/crs/gdal_transformer.hpp"
#include "src/crs/grid_options.hpp"
#include "src/crs/grid_overlap.hpp"
#include "src/crs/infinite_extent.hpp"
#include "src/crs/map_cut.hpp"
#include "src/crs/natural_extent.hpp"
#include "src/crs/recentre_map.hpp"
#include "src/crs/source_image.hpp"
#include "src/crs/srs.hpp"
#include "src/crs/target_grid.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>

namespace cogmill::crs {
namespace {

using report::RuntimeError;

using Box = std::array<double, 4>;

/// "degrees", "metres": what the output's CRS counts in.
std::string units_of(const std::string& crs_wkt) {
  if (crs_wkt.empty()) return "pixels";
  const OGRSpatialReference srs = srs_from_text(crs_wkt, "the output's CRS");
  const char* name = nullptr;
  if (srs.IsGeographic() != FALSE)
    srs.GetAngularUnits(&name);
  else
    srs.GetLinearUnits(&name);
  return name == nullptr ? "units of its CRS" : std::string(name) + "s";
}

/// A box that --resolution, or the source's own pixels, do not resolve.
[[noreturn]] void refuse_tiny(const SourceOptions& source, const SourceImage& image,
                              const GridOptions& options, const std::string& crs_wkt,
                              const Box& box) {
  const double across = box[2] - box[0], down = box[3] - box[1];
  // A box that misses the source is often one in other units: that says best what is wrong.
  if (options.bbox)
    require_overlap(source, image, {crs_wkt, {box[0], across / 2, 0, box[3], 0, -down / 2}, 2, 2});
  char text[160];
  std::snprintf(text, sizeof text, "the output's extent of %.6g x %.6g ", across, down);
  throw report::UsageError(
      text + units_of(crs_wkt) +
      (options.resolution
           ? " is less than half a pixel of --resolution across; make --resolution finer (in " +
                 units_of(crs_wkt) + ") or --bbox larger"
           : std::string(" is less than half a pixel of the source across; make --bbox or the "
                         "cutline larger, or give --resolution or --size")));
}

/// --target-aligned-pixels: whole pixels from the CRS's origin. Edges that rounding alone puts off
/// a pixel's are on it, as in GDAL from 3.8.4 on.
Box aligned(const Box& box, const std::array<double, 2>& resolution) {
  constexpr double kNearly = 1e-8;  // [px]
  Box result;
  for (std::size_t k = 0; k < 4; ++k) {
    const double step = resolution[k % 2], pixels = box[k] / step;
    result[k] = step * (k < 2 ? std::floor(pixels + kNearly) : std::ceil(pixels - kNearly));
  }
  return result;
}

/// The grid of a box in the output's CRS with either a resolution or a size: gdalwarp's arithmetic.
TargetGrid grid_of_box(const SourceOptions& source, const SourceImage& image,
                       const GridOptions& options, const std::string& crs_wkt) {
  const Box& box = *options.bbox;
  const double across = box[2] - box[0], down = box[3] - box[1];
  std::array<double, 2> pixel = options.resolution.value_or(std::array<double, 2>{0, 0});
  double width = across / pixel[0], height = down / pixel[1];
  if (options.size) {
    width = static_cast<double>((*options.size)[0]);
    height = static_cast<double>((*options.size)[1]);
    if (width == 0) width = std::max(1.0, height * across / down);
    if (height == 0) height = std::max(1.0, width * down / across);
    pixel = {across / width, down / height};
    if ((*options.size)[0] == 0) pixel[0] = pixel[1];
    if ((*options.size)[1] == 0) pixel[1] = pixel[0];
  }
  if (width < 0.5 || height < 0.5) refuse_tiny(source, image, options, crs_wkt, box);
  check_grid_size(width, height, options);
  return {{},
          {box[0], pixel[0], 0, box[3], 0, -pixel[1]},
          static_cast<std::int64_t>(std::floor(width + 0.5)),
          static_cast<std::int64_t>(std::floor(height + 0.5))};
}

/// The grid of the extent that gdalwarp finds, by arithmetic; nothing if it finds none, or leaves
/// the pixels to choose.
/// @throws report::UsageError if no pixel fits into the extent, or too many
std::optional<TargetGrid> counted_grid(const SourceOptions& source, const SourceImage& image,
                                       const GridOptions& options, const std::string& crs_wkt) {
  if (options.resolution.has_value() == options.size.has_value()) return std::nullopt;
  GridOptions extent_only = options;
  extent_only.resolution.reset();
  extent_only.size.reset();
  extent_only.target_aligned_pixels = false;
  const GridAnswer whole = ask_gdalwarp(source, image, extent_only);
  if (!whole.error.empty()) return std::nullopt;
  GridOptions boxed = options;
  boxed.bbox = corners_of(whole.grid);
  return grid_of_box(source, image, boxed, crs_wkt);
}

/// GDAL from 3.8 on looks at every column and row of a grid of a given resolution for empty
/// borders, in time and memory that grow with them: not at those of large grids.
bool is_large(double width, double height) {
  constexpr double kLarge = 1 << 20;  // [px] along one side
  return std::max(width, height) > kLarge;
}

bool is_large(const TargetGrid& grid) {
  return is_large(static_cast<double>(grid.width), static_cast<double>(grid.height));
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
  if (error.find("Attempt to create") != std::string::npos)  // 0 x 0, or beyond what an int holds
    throw RuntimeError(path + " has no extent in \"" + target +
                       "\" that pixels could be laid over; give --bbox and --resolution");
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

[[noreturn]] void explain_all(const SourceOptions& source, const SourceImage& image,
                              const GridOptions& options, const std::string& crs_wkt,
                              const std::string& error) {
  const bool no_size = error.find("Attempt to create") != std::string::npos;
  if (no_size && options.bbox && options.bbox_crs.empty() && !options.size)
    refuse_tiny(source, image, options, crs_wkt, *options.bbox);
  const OGRSpatialReference target =
      crs_wkt.empty() ? OGRSpatialReference() : srs_from_text(crs_wkt, "--dst-crs");
  explain(error, image.path, title_of(target));
}

/// Refuses a box of less than half a pixel of what would be the output without it.
void require_natural_pixel(const SourceOptions& source, const SourceImage& image,
                           const GridOptions& options, const std::string& crs_wkt) {
  if (!options.bbox || !options.bbox_crs.empty() || options.resolution || options.size) return;
  const Box& box = *options.bbox;
  const GridAnswer natural = ask_gdalwarp(source, image, {.dst_crs = options.dst_crs});
  const auto& g = natural.grid.geotransform;
  if (natural.error.empty() &&
      (box[2] - box[0] < std::abs(g[1]) / 2 || box[3] - box[1] < std::abs(g[5]) / 2))
    refuse_tiny(source, image, options, crs_wkt, box);
}

TargetGrid gdalwarps_grid(const SourceOptions& source, const SourceImage& image,
                          const GridOptions& options, const std::string& crs_wkt) {
  const std::optional<TargetGrid> counted_first =
      options.resolution ? counted_grid(source, image, options, crs_wkt) : std::nullopt;
  if (counted_first && is_large(*counted_first)) return *counted_first;
  const GridAnswer answer = ask_gdalwarp(source, image, options);
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  const bool counted =
      answer.error.empty() && answer.grid.width < kMost && answer.grid.height < kMost;
  // Versions differ in what they make of less than a pixel: none, or one.
  const bool tiny = counted && (answer.grid.width <= 1 || answer.grid.height <= 1);
  // GDAL counts in int: says which size it could not count to, or that no pixel fits.
  if (!counted || tiny) counted_grid(source, image, options, crs_wkt);
  if (!answer.error.empty()) explain_all(source, image, options, crs_wkt, answer.error);
  if (tiny) require_natural_pixel(source, image, options, crs_wkt);
  if (!options.bbox) require_finite(image.path, corners_of(answer.grid), crs_wkt);
  return answer.grid;
}

/// Options whose box is aligned to whole pixels. GDAL from 3.8 on cuts empty borders off as well.
GridOptions with_aligned_box(const SourceOptions& source, const SourceImage& image,
                             const GridOptions& options, const std::string& crs_wkt) {
  GridOptions result = options;
  result.target_aligned_pixels = false;
  if (!options.bbox || !options.bbox_crs.empty()) {
    GridOptions extent_only = result;
    extent_only.resolution.reset();
    result.bbox = corners_of(gdalwarps_grid(source, image, extent_only, crs_wkt));
    result.bbox_crs.clear();
  }
  result.bbox = aligned(*result.bbox, *options.resolution);
  const auto& [west, south, east, north] = *result.bbox;
  const auto& [x, y] = *options.resolution;
  if (options.bbox || is_large((east - west) / x, (north - south) / y)) return result;
  const GridAnswer trimmed = ask_gdalwarp(source, image, options);
  if (!trimmed.error.empty()) return result;
  const Box box = corners_of(trimmed.grid);
  for (std::size_t k = 0; k < 4; ++k)
    (*result.bbox)[k] =
        k < 2 ? std::max((*result.bbox)[k], box[k]) : std::min((*result.bbox)[k], box[k]);
  return result;
}

/// Refuses what lies at opposite ends of the output's map, unless the command line says both where
/// the output lies and how large its pixels are. Longitudes can be counted on beyond the cut.
/// @param image loses what sticks out over the cut by a part of a pixel
void require_whole(const SourceOptions& source, SourceImage& image, const GridOptions& options,
                   const std::string& crs_wkt) {
  const bool has_pixels = options.resolution || options.size;
  if ((options.bbox && has_pixels) || full_turn_of(crs_wkt) > 0) return;
  const auto cut = find_cut(source, image, crs_wkt);
  if (cut && !drop_sliver(image, *cut, crs_wkt))
    refuse_cut(image.path, *cut, crs_wkt,
               options.bbox ? "--resolution or --size"
               : has_pixels ? "--bbox"
                            : "--bbox and --resolution");
}

TargetGrid computed_grid(const SourceOptions& source, SourceImage& image, const GridOptions& given,
                         const std::string& crs_wkt) {
  require_whole(source, image, given, crs_wkt);
  GridOptions options = with_extent(source, image, given, crs_wkt);
  if (!given.bbox && options.bbox) require_finite(image.path, *options.bbox, crs_wkt);
  if (options.target_aligned_pixels && options.resolution && !options.size)
    options = with_aligned_box(source, image, options, crs_wkt);
  const bool arithmetic = options.bbox && options.bbox_crs.empty() &&
                          options.resolution.has_value() != options.size.has_value();
  TargetGrid grid = arithmetic ? grid_of_box(source, image, options, crs_wkt)
                               : gdalwarps_grid(source, image, options, crs_wkt);
  grid.crs_wkt = crs_wkt;
  return grid;
}

}  // namespace

TargetGrid choose_target_grid(const SourceOptions& source, const GridOptions& options) {
  check_grid_options(options);
  io::register_gdal();
  std::string crs_wkt;
  if (!options.dst_crs.empty()) crs_wkt = crs_from_text(options.dst_crs, "--dst-crs");
  if (!options.bbox_crs.empty()) crs_from_text(options.bbox_crs, "--bbox-crs");
  SourceImage image = open_source_image(source);
  if (options.like.empty() && crs_wkt.empty()) crs_wkt = wkt_of(image.srs);
  TargetGrid grid;
  if (!options.like.empty())
    grid = grid_of_file(options.like);
  else
    grid.crs_wkt = crs_wkt;
  if (!grid.crs_wkt.empty()) require_crs(image, source);
  recentre_map(image, source, grid.crs_wkt);
  // Says best why there is no way between the two CRSs.
  const GdalTransformer probe(image, transformer_options(source, grid.crs_wkt), grid.geotransform);
  if (options.like.empty()) grid = computed_grid(source, image, options, crs_wkt);
  check_grid_size(static_cast<double>(grid.width), static_cast<double>(grid.height), options);
  const bool may_miss = options.may_miss || (options.like.empty() && !options.bbox);
  if (!may_miss) require_overlap(source, image, grid);
  return grid;
}

}  // namespace cogmill::crs
