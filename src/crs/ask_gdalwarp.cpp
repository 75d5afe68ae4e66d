// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/ask_gdalwarp.hpp"

#include "src/crs/longitudes_around.hpp"
#include "src/io/gdal_check.hpp"

#include <cpl_string.h>
#include <gdal_utils.h>

#include <algorithm>
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <optional>

namespace cogmill::crs {
namespace {

void add_numbers(CPLStringList& args, const char* option, std::initializer_list<double> numbers) {
  args.AddString(option);
  for (const double number : numbers) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", number);
    args.AddString(text);
  }
}

void add_pair(CPLStringList& args, const char* option, const std::string& text) {
  if (text.empty()) return;
  args.AddString(option);
  args.AddString(text.c_str());
}

/// The two CRSs, the way between them, and what else the transformer is told.
void add_transformer(CPLStringList& args, const SourceOptions& source, const SourceImage& image,
                     const GridOptions& options) {
  for (const std::string& option : source.transformer_options) add_pair(args, "-to", option);
  CPLStringList all = transformer_options(source, options.dst_crs);
  complete_options(all, image);
  add_pair(args, "-s_srs", all.FetchNameValueDef("SRC_SRS", ""));
  if (const char* area = all.FetchNameValue("AREA_OF_INTEREST"))
    add_pair(args, "-to", std::string("AREA_OF_INTEREST=") + area);
  if (const char* operation = all.FetchNameValue("COORDINATE_OPERATION"))
    add_pair(args, "-ct", operation);
  add_pair(args, "-t_srs", all.FetchNameValueDef("DST_SRS", ""));
}

/// gdalwarp's arguments for the grid alone: a VRT computes no pixels.
CPLStringList warp_arguments(const SourceOptions& source, const SourceImage& image,
                             const GridOptions& o) {
  CPLStringList args;
  for (const char* word : {"-q", "-of", "VRT", "-r", "near", "-ovr", "NONE", "-novshift"})
    args.AddString(word);
  add_transformer(args, source, image, o);
  if (o.resolution) add_numbers(args, "-tr", {(*o.resolution)[0], (*o.resolution)[1]});
  if (o.size)
    add_numbers(args, "-ts",
                {static_cast<double>((*o.size)[0]), static_cast<double>((*o.size)[1])});
  if (o.bbox) add_numbers(args, "-te", {(*o.bbox)[0], (*o.bbox)[1], (*o.bbox)[2], (*o.bbox)[3]});
  add_pair(args, "-te_srs", o.bbox_crs);
  if (o.target_aligned_pixels) args.AddString("-tap");
  return args;
}

}  // namespace

GridAnswer ask_gdalwarp(const SourceOptions& source, const SourceImage& image,
                        const GridOptions& options) {
  const io::GdalMessages messages;
  const auto failed = [&] {
    return GridAnswer{{},
                      messages.first_error().empty() ? "no reason given" : messages.first_error()};
  };
  const bool arrays = image.tie == Tie::kGeolocation;  // they are the file's
  const GDALDatasetUniquePtr copy = arrays ? nullptr : stand_in(*image.dataset, image.path, "VRT");
  const LongitudesAround middle(image.centre_longitude);
  // GDAL would compare the way there and back, which end whole turns apart.
  std::optional<io::ScopedConfig> no_check;
  if (image.centre_longitude) no_check.emplace("CHECK_WITH_INVERT_PROJ", "NO");
  CPLStringList args = warp_arguments(source, image, options);
  const std::unique_ptr<GDALWarpAppOptions, decltype(&GDALWarpAppOptionsFree)> warp(
      GDALWarpAppOptionsNew(args.List(), nullptr), &GDALWarpAppOptionsFree);
  if (!warp) return failed();
  GDALDatasetH input = GDALDataset::ToHandle(arrays ? image.dataset.get() : copy.get());
  int usage_error = FALSE;
  const GDALDatasetUniquePtr output(
      GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &input, warp.get(), &usage_error)));
  GridAnswer answer;
  if (!output || output->GetGeoTransform(answer.grid.geotransform.data()) != CE_None)
    return failed();
  answer.grid.width = output->GetRasterXSize();
  answer.grid.height = output->GetRasterYSize();
  return answer;
}

std::array<double, 4> corners_of(const TargetGrid& grid) {
  const auto& g = grid.geotransform;
  const double right = g[0] + g[1] * static_cast<double>(grid.width);
  const double bottom = g[3] + g[5] * static_cast<double>(grid.height);
  return {std::min(g[0], right), std::min(g[3], bottom), std::max(g[0], right),
          std::max(g[3], bottom)};
}

}  // namespace cogmill::crs
