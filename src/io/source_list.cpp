// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/source_list.hpp"

#include "src/io/file_names.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/source_list_kinds.hpp"
#include "src/report/error.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iterator>
#include <memory>
#include <utility>

namespace cogmill::io {
namespace {

namespace fs = std::filesystem;
using report::RuntimeError;

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool is_folder(const std::string& path) {
  VSIStatBufL status;
  return VSIStatL(path.c_str(), &status) == 0 && VSI_ISDIR(status.st_mode) != 0;
}

bool ends_with_any(const std::string& name, std::initializer_list<const char*> endings) {
  return std::ranges::any_of(endings, [&](const char* ending) { return name.ends_with(ending); });
}

/// GDAL's own names: "/vsicurl/...", "NETCDF:a.nc:var", "<VRTDataset>...".
bool is_gdal_name(const std::string& name) {
  return name.starts_with("/vsi") || name.starts_with("<") || name.find(':') != std::string::npos;
}

class Lister {
 public:
  explicit Lister(const std::string& asset) : asset_(asset) {}

  /// @param depth of text lists in text lists
  void add(const std::string& input, int depth) {
    if (input.starts_with("@")) {
      add_lines(input.substr(1), depth);
      return;
    }
    if (is_folder(input)) {
      take(list_folder(input));
      return;
    }
    const std::string name = lower_case(input);
    if (name.ends_with(".txt")) {
      add_lines(input, depth);
      return;
    }
    if (name.ends_with(".gti")) {
      take(list_gti(input));
      return;
    }
    std::optional<std::vector<SourceRef>> found;
    if (name.ends_with(".vrt")) found = list_vrt(input);
    if (ends_with_any(name, {".json", ".geojson"})) found = list_stac(input, asset_);
    std::optional<SourceList> index;
    if (!found && ends_with_any(name, {".gpkg", ".shp", ".fgb", ".json", ".geojson"}))
      index = list_tile_index(input);
    if (found)
      take(std::move(*found));
    else if (index)
      take(std::move(*index));
    else
      take({{input, std::nullopt}});
  }

  SourceList list;

 private:
  void add_lines(const std::string& file, int depth) {
    constexpr int kMostDepth = 8;
    if (depth == kMostDepth)
      throw RuntimeError(file + ": lists of lists are followed " + std::to_string(kMostDepth) +
                         " deep: does it contain itself?");
    for (const std::string& line : list_lines(file)) add(line, depth + 1);
  }

  void take(std::vector<SourceRef> more) {
    if (more.size() > kMostSources - list.sources.size())
      throw RuntimeError("more than " + std::to_string(kMostSources) +
                         " sources: make several mosaics, and a mosaic of them");
    std::ranges::move(more, std::back_inserter(list.sources));
  }

  void take(SourceList more) {
    take(std::move(more.sources));
    std::ranges::move(more.wishes, std::back_inserter(list.wishes));
  }

  const std::string& asset_;
};

}  // namespace

std::string read_text(const std::string& path, std::int64_t most_bytes) {
  const GdalMessages messages;
  const std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> file(VSIFOpenL(path.c_str(), "rb"),
                                                           &VSIFCloseL);
  if (!file || is_folder(path))
    throw RuntimeError("cannot open " + path + ": no such file, or it cannot be read");
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 16);
  while (const std::size_t got = VSIFReadL(buffer.data(), 1, buffer.size(), file.get())) {
    text.append(buffer.data(), got);
    if (static_cast<std::int64_t>(text.size()) > most_bytes)
      throw RuntimeError(path + " is larger than " + std::to_string(most_bytes >> 20) +
                         " MB: that is no list of files");
  }
  return text;
}

bool file_exists(const std::string& path) {
  VSIStatBufL status;
  return VSIStatL(path.c_str(), &status) == 0;
}

std::string resolve_name(const std::string& name, const std::string& list, bool beside_first) {
  if (const std::string known = gdal_name_of_url(name); !known.empty()) return known;
  if (name.starts_with("/") || is_gdal_name(name)) return name;
  const std::string beside = (fs::path(list).parent_path() / name).lexically_normal().string();
  if (beside_first) return file_exists(beside) || !file_exists(name) ? beside : name;
  return file_exists(name) || !file_exists(beside) ? name : beside;
}

SourceList list_sources(const std::vector<std::string>& inputs, const std::string& asset) {
  register_gdal();
  Lister lister(asset);
  for (const std::string& input : inputs) {
    const std::size_t before = lister.list.sources.size();
    lister.add(input, 0);
    if (lister.list.sources.size() == before)
      throw RuntimeError(input + " names no raster: there is nothing to put into the mosaic");
  }
  return std::move(lister.list);
}

}  // namespace cogmill::io
