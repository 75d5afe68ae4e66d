// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/preview.hpp"

#include "src/io/color_table.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/gdal_setup.hpp"
#include "src/io/gdal_types.hpp"
#include "src/io/quicklook.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::io {
namespace {

constexpr int kLongestSide = 1024;                            // [px]
constexpr std::int64_t kCacheBytes = std::int64_t{64} << 20;  // holds a row of the largest tiles

GDALDatasetUniquePtr open_raster(const std::string& path) {
  register_gdal();
  return GDALDatasetUniquePtr(gdal_check(
      GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY), "cannot open " + path));
}

struct Size {
  int width = 1, height = 1;
};

Size preview_size(const GDALDataset& raster) {
  const int width = const_cast<GDALDataset&>(raster).GetRasterXSize();
  const int height = const_cast<GDALDataset&>(raster).GetRasterYSize();
  const double scale = std::min(1.0, static_cast<double>(kLongestSide) / std::max(width, height));
  return {std::max(1, static_cast<int>(width * scale)),
          std::max(1, static_cast<int>(height * scale))};
}

/// Reads a band, or a mask, reduced to the size: GDAL takes the nearest overview.
std::vector<std::byte> read_reduced(GDALRasterBand& band, GDALDataType type, Size size,
                                    const std::string& name) {
  const auto bytes = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
                     static_cast<std::size_t>(GDALGetDataTypeSizeBytes(type));
  std::vector<std::byte> pixels(bytes);
  gdal_check(band.RasterIO(GF_Read, 0, 0, band.GetXSize(), band.GetYSize(), pixels.data(),
                           size.width, size.height, type, 0, 0, nullptr),
             "cannot read " + name + " for the quicklook");
  return pixels;
}

}  // namespace

void write_preview(const std::string& raster, const std::string& png) {
  const GdalMessages messages;
  limit_gdal_cache(kCacheBytes);
  const GDALDatasetUniquePtr dataset = open_raster(raster);
  const Size size = preview_size(*dataset);
  const int shown = dataset->GetRasterCount() >= 3 ? 3 : 1;
  std::vector<std::vector<std::byte>> memory;
  QuicklookImage image;
  for (int i = 1; i <= shown; ++i) {
    GDALRasterBand& band = *dataset->GetRasterBand(i);
    memory.push_back(read_reduced(band, band.GetRasterDataType(), size, raster));
    image.bands.push_back(
        {memory.back().data(), data_type_of(band), size.width, size.height, size.width});
  }
  GDALRasterBand& first = *dataset->GetRasterBand(1);
  memory.push_back(read_reduced(*first.GetMaskBand(), GDT_Byte, size, raster));
  image.mask = {memory.back().data(), kernels::DataType::kUInt8, size.width, size.height,
                size.width};
  image.color_table = color_table_of(first);
  write_quicklook(png, image);
}

}  // namespace cogmill::io
