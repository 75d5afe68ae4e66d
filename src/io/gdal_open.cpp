// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_open.hpp"

#include "src/io/gdal_check.hpp"
#include "src/io/quiet_hdf5.hpp"

#include <cpl_string.h>

namespace cogmill::io {

GDALDatasetUniquePtr open_raster(const std::string& path, int overview) {
  register_gdal();
  quiet_hdf5();
  CPLStringList options;
  if (overview >= 0) options.SetNameValue("OVERVIEW_LEVEL", std::to_string(overview).c_str());
  return GDALDatasetUniquePtr(
      GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                        nullptr, options.List()));
}

}  // namespace cogmill::io
