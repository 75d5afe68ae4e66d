// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_facts.hpp"

#include "src/io/gdal_check.hpp"

#include <cpl_conv.h>
#include <gdal.h>

#include <array>
#include <cstdlib>
#include <filesystem>

namespace cogmill::io {
namespace {

struct Driver {
  const char* name;
  bool required;  ///< inputs, templates, .vrt outputs
};
constexpr std::array kDrivers = {
    Driver{"GTiff", true},          Driver{"VRT", true},     Driver{"MEM", true},
    Driver{"COG", false},           Driver{"PNG", false},    Driver{"JPEG", false},
    Driver{"JP2OpenJPEG", false},   Driver{"netCDF", false}, Driver{"HDF5", false},
    Driver{"Zarr", false},          Driver{"GPKG", false},   Driver{"GeoJSON", false},
    Driver{"ESRI Shapefile", false}};
constexpr const char* kDataFile = "gdalvrt.xsd";  // in every version

}  // namespace

GdalFacts read_gdal_facts() {
  constexpr int kOldest = 3060000;  // GDAL 3.6
  const GdalMessages quiet;
  register_gdal();
  GdalFacts facts;
  facts.version = GDALVersionInfo("RELEASE_NAME");
  facts.new_enough = std::atoi(GDALVersionInfo("VERSION_NUM")) >= kOldest;
  if (const char* file = CPLFindFile("gdal", kDataFile))
    facts.data = std::filesystem::path(file).parent_path().string();
  for (const Driver& driver : kDrivers) {
    const bool there = GDALGetDriverByName(driver.name) != nullptr;
    (there ? facts.drivers : facts.missing).emplace_back(driver.name);
    if (!there && driver.required) facts.required.emplace_back(driver.name);
  }
  return facts;
}

}  // namespace cogmill::io
