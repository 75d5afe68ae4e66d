// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/file_names.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <string_view>
#include <utility>

namespace cogmill::io {
namespace {

bool ends_with(const std::string& path, std::string_view ending) {
  return path.size() >= ending.size() &&
         EQUAL(path.c_str() + path.size() - ending.size(), std::string(ending).c_str());
}

/// The prefix of GDAL's file system that reads such an archive; empty if it is none.
std::string archive_prefix(const std::string& path) {
  constexpr std::array<std::pair<const char*, const char*>, 5> kKinds = {{{".zip", "/vsizip/"},
                                                                          {".tar", "/vsitar/"},
                                                                          {".tar.gz", "/vsitar/"},
                                                                          {".tgz", "/vsitar/"},
                                                                          {".gz", "/vsigzip/"}}};
  for (const auto& [ending, prefix] : kKinds)
    if (ends_with(path, ending)) return prefix;
  return {};
}

bool looks_like_raster(const std::string& name) {
  constexpr std::array<const char*, 8> kEndings = {".tif", ".tiff", ".jp2", ".img",
                                                   ".vrt", ".nc",   ".h5",  ".png"};
  return std::ranges::any_of(kEndings, [&](const char* e) { return ends_with(name, e); });
}

/// The first raster in an archive by its name, else its first file; empty if it cannot be listed.
std::string first_in(const std::string& archive) {
  constexpr int kMostEntries = 10000;
  constexpr int kDeep = 4;
  const std::unique_ptr<VSIDIR, void (*)(VSIDIR*)> folder(
      VSIOpenDir(archive.c_str(), kDeep, nullptr), [](VSIDIR* dir) {
        if (dir != nullptr) VSICloseDir(dir);
      });
  std::string any;
  for (int i = 0; folder && i < kMostEntries; ++i) {
    const VSIDIREntry* entry = VSIGetNextDirEntry(folder.get());
    if (entry == nullptr) break;
    if (VSI_ISDIR(entry->nMode)) continue;
    if (looks_like_raster(entry->pszName)) return entry->pszName;
    if (any.empty()) any = entry->pszName;
  }
  return any;
}

}  // namespace

std::string gdal_name_of_url(const std::string& url) {
  if (url.starts_with("http://") || url.starts_with("https://")) return "/vsicurl/" + url;
  constexpr std::array<std::pair<std::string_view, const char*>, 4> kSchemes = {
      {{"s3://", "/vsis3/"}, {"gs://", "/vsigs/"}, {"az://", "/vsiaz/"}, {"file://", ""}}};
  for (const auto& [scheme, prefix] : kSchemes)
    if (url.starts_with(scheme)) return prefix + url.substr(scheme.size());
  return {};
}

bool is_on_file_system(const std::string& path) {
  if (path.starts_with("/vsi")) return false;
  const std::size_t end = path.find("://");
  if (end == std::string::npos || end == 0) return true;
  return !std::all_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(end), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.';
  });
}

std::string opening_advice(const std::string& path) {
  if (path.starts_with("/vsistdin"))
    return "; standard input cannot be read twice: write it into a file first, as with cat > "
           "in.tif";
  if (path.starts_with("/vsi")) return {};
  if (const std::string name = gdal_name_of_url(path); !name.empty())
    return "; GDAL's name of it is " + name;
  const std::string prefix = archive_prefix(path);
  if (prefix.empty()) return {};
  if (prefix == "/vsigzip/") return "; it is compressed as a whole: try " + prefix + path;
  const std::string inside = first_in(prefix + path);
  return inside.empty() ? "" : "; it is an archive: try " + prefix + path + "/" + inside;
}

}  // namespace cogmill::io
