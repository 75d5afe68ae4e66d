// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/geo_template.hpp"

#include "src/io/gdal_check.hpp"
#include "src/io/scoped_config.hpp"
#include "src/io/template_colours.hpp"
#include "src/io/template_metadata.hpp"
#include "src/report/error.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>

namespace cogmill::io {
namespace {

constexpr std::size_t kMaxBands = 65535;  // SamplesPerPixel is a 16-bit number

/// A folder in GDAL's memory file system, removed with all it holds.
class MemoryFolder {
 public:
  // The address of a living object is unique among threads.
  MemoryFolder() : path_(CPLSPrintf("/vsimem/cogmill-template-%p", static_cast<void*>(this))) {}
  ~MemoryFolder() { VSIRmdirRecursive(path_.c_str()); }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

GDALDatasetUniquePtr open_dataset(const std::string& path) {
  GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
  gdal_check(dataset.get(), "cannot open " + path + " for its metadata");
  return dataset;
}

void check_bands(const TemplateRequest& request, GDALDataset* source) {
  if (request.bands.empty() || request.bands.size() > kMaxBands)
    throw report::RuntimeError("cannot describe an output of " +
                               std::to_string(request.bands.size()) +
                               " bands: a GeoTIFF has 1 to 65535");
  const int available = source == nullptr ? 0 : source->GetRasterCount();
  for (const TemplateBand& band : request.bands)
    if (source != nullptr && band.source_band > available)
      throw report::RuntimeError("cannot take band " + std::to_string(band.source_band) + " of " +
                                 request.path + ": it has " + std::to_string(available));
}

/// @return the input's band behind output band `index` (from 0) whose look is kept, or nullptr
GDALRasterBand* source_band(GDALDataset* source, const TemplateRequest& request,
                            std::size_t index) {
  if (source == nullptr || request.origin == PixelOrigin::kComputed) return nullptr;
  if (index >= request.bands.size() || request.bands[index].source_band <= 0) return nullptr;
  return source->GetRasterBand(request.bands[index].source_band);
}

bool has_colours(GDALDataset* source, const TemplateRequest& request,
                 std::initializer_list<GDALColorInterp> colours) {
  std::size_t index = 0;
  for (const GDALColorInterp colour : colours) {
    GDALRasterBand* band = source_band(source, request, index++);
    if (band == nullptr || band->GetColorInterpretation() != colour) return false;
  }
  return true;
}

/// @return GDAL's name of the TIFF photometric interpretation
const char* photometric(GDALDataset* source, const TemplateRequest& request) {
  if (has_colours(source, request, {GCI_RedBand, GCI_GreenBand, GCI_BlueBand})) return "RGB";
  GDALRasterBand* first = source_band(source, request, 0);
  const bool small =
      request.type == kernels::DataType::kUInt8 || request.type == kernels::DataType::kUInt16;
  if (first == nullptr) return "MINISBLACK";
  if (stays_inverted(*source, request)) return "MINISWHITE";
  if (request.bands.size() > 2) return "MINISBLACK";
  return small && first->GetColorTable() != nullptr ? "PALETTE" : "MINISBLACK";
}

void set_nodata(const TemplateRequest& request, GDALRasterBand& band,
                std::vector<std::string>& warnings) {
  const kernels::Nodata& nodata = *request.nodata;
  const auto as_signed = nodata.as<std::int64_t>();
  const auto as_unsigned = nodata.as<std::uint64_t>();
  CPLErr result = CE_Failure;
  if (request.type == kernels::DataType::kInt64) {
    if (as_signed) result = band.SetNoDataValueAsInt64(*as_signed);
  } else if (request.type == kernels::DataType::kUInt64) {
    if (as_unsigned) result = band.SetNoDataValueAsUInt64(*as_unsigned);
  } else {
    result = band.SetNoDataValue(nodata.as_double());
  }
  if (result != CE_None)
    warnings.push_back("nodata value " + nodata.to_string() + " does not fit type " +
                       std::string(kernels::name_of(request.type)) + " and is not written");
}

GDALDatasetUniquePtr create_template(const std::string& path, const TemplateRequest& request,
                                     GDALDataset* source) {
  GDALDriver* driver = gdal_check(GetGDALDriverManager()->GetDriverByName("GTiff"),
                                  "cannot describe the output: GDAL has no GTiff driver");
  CPLStringList options;
  options.SetNameValue("SPARSE_OK", "TRUE");
  options.SetNameValue("BIGTIFF", "NO");
  options.SetNameValue("ENDIANNESS", "LITTLE");
  options.SetNameValue("ALPHA", "NO");
  options.SetNameValue("PHOTOMETRIC", photometric(source, request));
  GDALDataType type = GDALGetDataTypeByName(std::string(kernels::name_of(request.type)).c_str());
  if (type == GDT_Unknown && request.type == kernels::DataType::kInt8) {
    type = GDT_Byte;  // GDAL before 3.7
    options.SetNameValue("PIXELTYPE", "SIGNEDBYTE");
  }
  GDALDatasetUniquePtr target(driver->Create(
      path.c_str(), 1, 1, static_cast<int>(request.bands.size()), type, options.List()));
  gdal_check(target.get(), "cannot describe the output with GDAL");
  return target;
}

/// @param gcp_shift see copy_georeference()
void write_template(const std::string& path, const TemplateRequest& request, GDALDataset* source,
                    double gcp_shift, std::vector<std::string>& warnings) {
  const GdalMessages messages([&](const std::string& text) { warnings.push_back(text); });
  const ScopedConfig alpha("GTIFF_ALPHA",
                           request.associated_alpha ? "PREMULTIPLIED" : "NON-PREMULTIPLIED");
  const GDALDatasetUniquePtr target = create_template(path, request, source);
  if (source != nullptr) {
    if (request.origin == PixelOrigin::kUnchanged) copy_dataset_metadata(*source, request, *target);
    copy_georeference(*source, request, *target, gcp_shift);
  }
  describe_bands(source, request, *target);
  if (request.nodata) set_nodata(request, *target->GetRasterBand(1), warnings);
}

/// @return the path of the template in the folder
std::string write_faithful_template(const MemoryFolder& folder, const TemplateRequest& request,
                                    GDALDataset* source, std::vector<std::string>& warnings) {
  std::string path = folder.file("template.tif");
  write_template(path, request, source, 0, warnings);
  const double drift = source == nullptr ? 0 : gcp_drift(*source, request, *open_dataset(path));
  if (drift == 0) return path;
  path = folder.file("moved.tif");
  warnings.clear();
  write_template(path, request, source, -drift, warnings);
  return path;
}

std::vector<std::byte> memory_file(const std::string& path) {
  vsi_l_offset bytes = 0;
  const auto* data =
      reinterpret_cast<const std::byte*>(VSIGetMemFileBuffer(path.c_str(), &bytes, FALSE));
  if (data == nullptr) return {};
  return {data, data + bytes};
}

bool is_structure(const TiffTag& tag) {
  constexpr std::array<std::uint16_t, 17> kStructure = {254, 255, 256, 257, 259, 266, 273, 278, 279,
                                                        284, 317, 322, 323, 324, 325, 330, 347};
  return std::find(kStructure.begin(), kStructure.end(), tag.tag) != kStructure.end();
}

}  // namespace

GeoTemplate make_geo_template(const TemplateRequest& request) {
  register_gdal();
  GeoTemplate result;
  const GdalMessages quiet;
  GDALDatasetUniquePtr source;
  if (!request.path.empty()) source = open_dataset(request.path);
  check_bands(request, source.get());

  const MemoryFolder folder;
  const std::string path = write_faithful_template(folder, request, source.get(), result.warnings);
  const std::vector<std::byte> file = memory_file(path);
  result.tags = read_classic_ifd(file, "the output's template");
  std::erase_if(result.tags, is_structure);

  if (source) {
    const GDALDatasetUniquePtr reopened = open_dataset(path);
    add_metadata_items(lost_meanings(*source, request, *reopened), result.tags);
    const std::string opacity = lost_opacity(*source, request, *reopened);
    if (!opacity.empty()) result.warnings.push_back(opacity);
    for (const std::string& kept : describe_in_sidecar(*source, request, *reopened))
      result.warnings.push_back(kept + ": kept in the .aux.xml side-car only");
  }
  const std::vector<std::byte> sidecar = memory_file(path + ".aux.xml");
  result.aux_xml.assign(reinterpret_cast<const char*>(sidecar.data()), sidecar.size());
  if (!sidecar.empty() && result.warnings.empty())
    result.warnings.emplace_back(
        "metadata that do not fit TIFF tags: kept in the .aux.xml side-car only");
  return result;
}

std::vector<TiffTag> overview_tags(std::span<const TiffTag> tags) {
  constexpr std::array<std::uint16_t, 7> kKept = {
      kTagBitsPerSample, kTagPhotometric,  kTagSamplesPerPixel, kTagColorMap,
      kTagExtraSamples,  kTagSampleFormat, kTagGdalNodata};
  std::vector<TiffTag> kept;
  for (const TiffTag& tag : tags)
    if (std::find(kKept.begin(), kKept.end(), tag.tag) != kKept.end()) kept.push_back(tag);
  return kept;
}

}  // namespace cogmill::io
