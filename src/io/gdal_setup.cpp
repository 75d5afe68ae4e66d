// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_setup.hpp"

#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <algorithm>

namespace cogmill::io {

void configure_gdal(const std::map<std::string, std::string>& options) {
  for (const auto& [name, value] : options) CPLSetConfigOption(name.c_str(), value.c_str());
}

void limit_gdal_cache(std::int64_t bytes) {
  // With less, GDAL decodes the blocks of a row again for each of its lines.
  constexpr std::int64_t kLeast = std::int64_t{16} << 20;
  GDALSetCacheMax64(std::max(bytes, kLeast));
}

std::string gdal_version() { return GDALVersionInfo("RELEASE_NAME"); }

std::string proj_version() {
  int major = 0;
  int minor = 0;
  int patch = 0;
  OSRGetPROJVersion(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace cogmill::io
