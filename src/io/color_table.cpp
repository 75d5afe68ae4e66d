// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/color_table.hpp"

#include "src/io/gdal_check.hpp"
#include "src/io/gdal_open.hpp"

#include <gdal_priv.h>

namespace cogmill::io {

std::vector<kernels::Colour> color_table_of(GDALRasterBand& band) {
  std::vector<kernels::Colour> colors;
  const GDALColorTable* table = band.GetColorTable();
  for (int i = 0; table != nullptr && i < table->GetColorEntryCount(); ++i) {
    GDALColorEntry entry{};
    table->GetColorEntryAsRGB(i, &entry);
    const auto byte = [](short c) { return static_cast<std::uint8_t>(c); };
    colors.push_back({byte(entry.c1), byte(entry.c2), byte(entry.c3), byte(entry.c4)});
  }
  return colors;
}

std::vector<kernels::Colour> read_color_table(const std::string& raster, int band) {
  const GdalMessages messages;
  const GDALDatasetUniquePtr dataset = open_raster(raster, -1);
  gdal_check(dataset.get(), "cannot open " + raster);
  return color_table_of(
      *gdal_check(dataset->GetRasterBand(band), "cannot read colours of " + raster));
}

}  // namespace cogmill::io
