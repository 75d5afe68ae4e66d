// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_types.hpp"

#include "src/report/error.hpp"

#include <string>
#include <string_view>

namespace cogmill::io {

kernels::DataType data_type_of(GDALRasterBand& band) {
  const char* text = GDALGetDataTypeName(band.GetRasterDataType());
  const std::string_view name = text == nullptr ? "Unknown" : text;
  if (name == "Float16") return kernels::DataType::kFloat32;
  if (name == "CFloat16") return kernels::DataType::kCFloat32;
  const auto type = kernels::data_type_from_name(name);
  if (!type) {
    const GDALDataset* dataset = band.GetDataset();
    throw report::RuntimeError(std::string(dataset == nullptr ? "" : dataset->GetDescription()) +
                               " band " + std::to_string(band.GetBand()) + ": pixel type " +
                               std::string(name) + " is not supported");
  }
  if (*type == kernels::DataType::kUInt8) {
    const char* pixel_type = old_pixel_type(band);
    if (pixel_type != nullptr && std::string_view(pixel_type) == "SIGNEDBYTE")
      return kernels::DataType::kInt8;
  }
  return *type;
}

const char* old_pixel_type(GDALRasterBand& band) {
  if (GDALGetDataTypeByName("Int8") != GDT_Unknown) return nullptr;
  return band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE");
}

GDALDataType buffer_type(kernels::DataType type, GDALRasterBand& band) {
  // Before GDAL 3.7 there is no Int8: the band is Byte, and its bits are the ones wanted.
  if (type == kernels::DataType::kInt8 && band.GetRasterDataType() == GDT_Byte) return GDT_Byte;
  const std::string name(kernels::name_of(type));
  return GDALGetDataTypeByName(name.c_str());
}

}  // namespace cogmill::io
