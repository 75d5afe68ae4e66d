// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/parity/gdal_pyramid.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <gdal.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace cogmill::parity {
namespace {

constexpr const char* kSource = "/vsimem/overview_parity_source.tif";
constexpr const char* kFile = "/vsimem/overview_parity.tif";

void check(bool ok, const std::string& what) {
  if (!ok) throw std::runtime_error(what + ": " + CPLGetLastErrorMsg());
}

GDALDataType gdal_type(kernels::DataType type) {
  return GDALGetDataTypeByName(std::string(kernels::name_of(type)).c_str());
}

struct Close {
  void operator()(void* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<void, Close>;

GDALDriverH driver(const char* name) {
  GDALAllRegister();
  GDALDriverH found = GDALGetDriverByName(name);
  check(found != nullptr, std::string("no driver ") + name);
  return found;
}

void set_nodata(GDALRasterBandH band, kernels::DataType type, const kernels::Nodata& nodata) {
  CPLErr err;
  if (type == kernels::DataType::kInt64)
    err = GDALSetRasterNoDataValueAsInt64(band, *nodata.as<std::int64_t>());
  else if (type == kernels::DataType::kUInt64)
    err = GDALSetRasterNoDataValueAsUInt64(band, *nodata.as<std::uint64_t>());
  else
    err = GDALSetRasterNoDataValue(band, nodata.as_double());
  check(err == CE_None, "cannot set nodata");
}

/// Moves a whole band between a raster and memory.
void transfer(GDALRWFlag direction, GDALRasterBandH band, void* data, GDALDataType type) {
  const int w = GDALGetRasterBandXSize(band), h = GDALGetRasterBandYSize(band);
  check(GDALRasterIO(band, direction, 0, 0, w, h, data, w, h, type, 0, 0) == CE_None,
        "cannot read or write a band");
}

/// A GeoTIFF, because the MEM driver of GDAL 3.6 hides the nodata value of 64-bit integers from the
/// code that makes overviews.
Dataset make_source(const Level& base, const std::optional<kernels::Nodata>& nodata) {
  const int w = static_cast<int>(base.width), h = static_cast<int>(base.height);
  Dataset ds(GDALCreate(driver("GTiff"), kSource, w, h, 1, gdal_type(base.type), nullptr));
  check(ds != nullptr, "cannot make a raster");
  GDALRasterBandH band = GDALGetRasterBand(ds.get(), 1);
  transfer(GF_Write, band, const_cast<std::byte*>(base.pixels.data()), gdal_type(base.type));
  if (nodata) set_nodata(band, base.type, *nodata);
  if (!base.mask.empty()) {
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
    const CPLErr err = GDALCreateDatasetMaskBand(ds.get(), GMF_PER_DATASET);
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr);
    check(err == CE_None, "cannot make a mask");
    transfer(GF_Write, GDALGetMaskBand(band), const_cast<std::uint8_t*>(base.mask.data()),
             GDT_Byte);
  }
  return ds;
}

Level read_overview(GDALRasterBandH band, int index, kernels::DataType type, bool masked) {
  GDALRasterBandH overview = GDALGetOverview(band, index);
  check(overview != nullptr, "no such overview");
  Level level(type, GDALGetRasterBandXSize(overview), GDALGetRasterBandYSize(overview));
  transfer(GF_Read, overview, level.pixels.data(), gdal_type(type));
  if (masked) {
    GDALRasterBandH mask = GDALGetOverview(GDALGetMaskBand(band), index);
    check(mask != nullptr && GDALGetRasterBandXSize(mask) == level.width, "no mask overview");
    level.mask.resize(static_cast<std::size_t>(level.width * level.height));
    transfer(GF_Read, mask, level.mask.data(), GDT_Byte);
  }
  return level;
}

}  // namespace

kernels::ConstPlane Level::mask_plane() const {
  if (mask.empty()) return {};
  return {reinterpret_cast<const std::byte*>(mask.data()), kernels::DataType::kUInt8, width, height,
          width};
}

bool gdal_knows(kernels::DataType type) { return gdal_type(type) != GDT_Unknown; }

std::vector<Level> gdal_overviews(const Level& base, const std::optional<kernels::Nodata>& nodata,
                                  kernels::Resampling resampling) {
  Dataset source = make_source(base, nodata);
  const std::string method = "OVERVIEW_RESAMPLING=" + std::string(kernels::name_of(resampling));
  const char* options[] = {"BLOCKSIZE=128", "COMPRESS=NONE", method.c_str(), nullptr};
  Dataset cog(GDALCreateCopy(driver("COG"), kFile, source.get(), FALSE, const_cast<char**>(options),
                             nullptr, nullptr));
  check(cog != nullptr, "cannot make a COG");
  cog.reset(GDALOpen(kFile, GA_ReadOnly));
  check(cog != nullptr, "cannot open the COG");
  std::vector<Level> levels;
  GDALRasterBandH band = GDALGetRasterBand(cog.get(), 1);
  for (int i = 0; i < GDALGetOverviewCount(band); ++i)
    levels.push_back(read_overview(band, i, base.type, !base.mask.empty()));
  cog.reset();
  source.reset();
  VSIUnlink(kFile);
  VSIUnlink(kSource);
  return levels;
}

}  // namespace cogmill::parity
