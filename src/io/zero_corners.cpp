// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/zero_corners.hpp"

#include "src/io/gdal_check.hpp"

#include <gdal_priv.h>

#include <algorithm>

namespace cogmill::io {
namespace {

bool is_zero(GDALRasterBand& band, int col, int row) {
  double pixel = 1;
  return band.RasterIO(GF_Read, col, row, 1, 1, &pixel, 1, 1, GDT_Float64, 0, 0, nullptr) ==
             CE_None &&
         pixel == 0;
}

bool has_zero_corners(GDALDataset& dataset) {
  for (int b = 1; b <= dataset.GetRasterCount(); ++b)
    for (const int col : {0, dataset.GetRasterXSize() - 1})
      for (const int row : {0, dataset.GetRasterYSize() - 1})
        if (!is_zero(*dataset.GetRasterBand(b), col, row)) return false;
  return true;
}

}  // namespace

bool has_unnamed_zero_corners(const SceneInfo& scene) {
  const auto says = [](const BandInfo& band) {
    return band.nodata || kernels::is_complex(band.type) || band.has_color_table;
  };
  if (scene.mask != MaskKind::kNone || scene.alpha_band > 0 ||
      std::ranges::any_of(scene.bands, says))
    return false;
  const GdalMessages quiet;
  const GDALDatasetUniquePtr file(GDALDataset::Open(scene.path.c_str(), GDAL_OF_RASTER));
  return file && has_zero_corners(*file);
}

}  // namespace cogmill::io
