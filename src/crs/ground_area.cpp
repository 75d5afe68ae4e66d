// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/ground_area.hpp"

#include "src/crs/gdal_transformer.hpp"
#include "src/crs/source_image.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <memory>

namespace cogmill::crs {
namespace {

/// nullptr if there is no way: other celestial bodies have degrees of their own.
std::unique_ptr<GdalTransformer> to_degrees(const SourceImage& image, const SourceOptions& source) {
  constexpr std::array<double, 6> kDegrees = {0, 1, 0, 0, 0, 1};
  const auto options =
      transformer_options(source, crs_from_text("OGC:CRS84", "longitude and latitude"));
  try {
    return std::make_unique<GdalTransformer>(image, options, kDegrees);
  } catch (const report::RuntimeError&) {
    return nullptr;
  }
}

}  // namespace

std::optional<std::array<double, 4>> ground_area(const SourceOptions& source) {
  const SourceImage image = open_source_image(source);
  require_crs(image, source);
  SourceOptions plain = source;
  plain.coordinate_operation.clear();  // it leads elsewhere
  const auto transformer = to_degrees(image, plain);
  if (!transformer) return std::nullopt;
  const io::GdalMessages quiet;
  std::array<double, 6> ignored = {};
  std::array<double, 4> area = {};
  int columns = 0, rows = 0;
  if (GDALSuggestedWarpOutput2(GDALDataset::ToHandle(image.dataset.get()), GDALGenImgProjTransform,
                               transformer->handle(), ignored.data(), &columns, &rows, area.data(),
                               0) != CE_None)
    return std::nullopt;
  if (area[0] < -180 || area[2] > 180) area[0] = -180, area[2] = 180;
  area[1] = std::max(area[1], -90.0);
  area[3] = std::min(area[3], 90.0);
  return area;
}

}  // namespace cogmill::crs
