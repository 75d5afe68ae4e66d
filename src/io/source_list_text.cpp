// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_check.hpp"
#include "src/io/source_list_kinds.hpp"
#include "src/report/error.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <sstream>
#include <string_view>

namespace cogmill::io {
namespace {

using report::RuntimeError;

/// Files that go with a raster, and VRTs and indexes, which would show the other rasters once more.
bool is_no_source(const std::string& name) {
  static constexpr std::array<std::string_view, 9> kEndings = {
      ".aux.xml", ".ovr", ".msk", ".vrt", ".xml", ".txt", ".gti", ".gti.gpkg", ".gti.fgb"};
  std::string lower = name;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return name.starts_with(".") || std::ranges::any_of(kEndings, [&](std::string_view ending) {
           return lower.ends_with(ending);
         });
}

bool is_plain_file(const std::string& path) {
  VSIStatBufL status;
  return VSIStatL(path.c_str(), &status) == 0 && VSI_ISREG(status.st_mode) != 0;
}

/// GDAL's answer; it has one driver for the rasters and the vectors of GeoPackages.
bool is_raster(const std::string& file) {
  if (GDALIdentifyDriverEx(file.c_str(), GDAL_OF_RASTER, nullptr, nullptr) == nullptr) return false;
  return !file.ends_with(".gpkg") ||
         GDALDatasetUniquePtr(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER)) != nullptr;
}

}  // namespace

std::vector<SourceRef> list_folder(const std::string& path) {
  const GdalMessages quiet;
  const CPLStringList names(VSIReadDir(path.c_str()), TRUE);
  std::vector<std::string> sorted;
  for (int i = 0; i < names.Count(); ++i)
    if (!is_no_source(names[i])) sorted.emplace_back(names[i]);
  std::ranges::sort(sorted);
  std::vector<SourceRef> sources;
  for (const std::string& name : sorted) {
    const std::string file = (std::filesystem::path(path) / name).string();
    if (is_plain_file(file) && is_raster(file)) sources.push_back({file, std::nullopt});
  }
  if (sources.empty()) throw RuntimeError("folder " + path + " has no rasters in it");
  return sources;
}

std::vector<std::string> list_lines(const std::string& path) {
  constexpr std::int64_t kMostBytes = std::int64_t{256} << 20;
  constexpr std::size_t kMostName = 32768;
  std::istringstream text(read_text(path, kMostBytes));
  std::vector<std::string> names;
  int number = 0;
  for (std::string line; std::getline(text, line);) {
    ++number;
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos || line[begin] == '#') continue;
    const std::string name = line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
    if (name.size() > kMostName || name.find('\0') != std::string::npos)
      throw RuntimeError(path + ", line " + std::to_string(number) +
                         ": not a file name; a list has one on each line");
    if (names.size() == kMostSources)
      throw RuntimeError(path + " has more than " + std::to_string(kMostSources) + " lines");
    names.push_back(name.starts_with("@") ? "@" + resolve_name(name.substr(1), path, false)
                                          : resolve_name(name, path, false));
  }
  if (names.empty()) throw RuntimeError(path + " is empty: a list has a file name on each line");
  return names;
}

}  // namespace cogmill::io
