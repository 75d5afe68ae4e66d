// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_check.hpp"
#include "src/io/scene_meaning.hpp"
#include "src/io/source_list_kinds.hpp"
#include "src/report/error.hpp"

#include <cpl_conv.h>
#include <cpl_minixml.h>
#include <cpl_string.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <map>
#include <memory>
#include <string_view>

namespace cogmill::io {
namespace {

using Xml = std::unique_ptr<CPLXMLNode, void (*)(CPLXMLNode*)>;

bool is_element(const CPLXMLNode* node, std::string_view name) {
  return node->eType == CXT_Element && name == node->pszValue;
}

double number_at(const CPLXMLNode* node, const char* path, double missing) {
  const char* text = CPLGetXMLValue(node, path, nullptr);
  return text == nullptr ? missing : CPLAtof(text);
}

/// True where all of a file is shown, at any size.
bool shows_whole_file(const CPLXMLNode* source) {
  if (CPLGetXMLNode(source, "SrcRect") == nullptr) return true;
  const double width = number_at(source, "SourceProperties.RasterXSize", -1);
  const double height = number_at(source, "SourceProperties.RasterYSize", -1);
  return number_at(source, "SrcRect.xOff", -1) == 0 && number_at(source, "SrcRect.yOff", -1) == 0 &&
         number_at(source, "SrcRect.xSize", -2) == width &&
         number_at(source, "SrcRect.ySize", -2) == height;
}

struct Rect {
  double x = 0, y = 0, width = 0, height = 0;
};

/// Where a file lies in the VRT: all of it, if it does not say.
Rect place_of(const CPLXMLNode* source, const Rect& whole) {
  const CPLXMLNode* rect = CPLGetXMLNode(source, "DstRect");
  if (rect == nullptr) return whole;
  return {number_at(rect, "xOff", -1), number_at(rect, "yOff", -1), number_at(rect, "xSize", -1),
          number_at(rect, "ySize", -1)};
}

/// A source pixel is a pixel of the VRT.
bool keeps_pixels(const CPLXMLNode* source, const Rect& place) {
  constexpr double kNearly = 1e-3;  // [px]
  const double width = number_at(source, "SourceProperties.RasterXSize", place.width);
  const double height = number_at(source, "SourceProperties.RasterYSize", place.height);
  return std::abs(place.width - width) < kNearly && std::abs(place.height - height) < kNearly;
}

/// The files cover the VRT as the extent of a mosaic of them does: counted in whole pixels.
bool is_natural_extent(const std::vector<Rect>& places, const Rect& whole) {
  constexpr double kNearly = 1e-3;  // [px]
  double left = whole.width, top = whole.height, right = 0, bottom = 0;
  for (const Rect& r : places) {
    left = std::min(left, r.x), right = std::max(right, r.x + r.width);
    top = std::min(top, r.y), bottom = std::max(bottom, r.y + r.height);
  }
  return std::abs(left) < kNearly && std::abs(top) < kNearly &&
         std::abs(right - whole.width) < 0.5 + kNearly &&
         std::abs(bottom - whole.height) < 0.5 + kNearly;
}

/// No two share a pixel: from top to bottom, each is let in between those it lies beside.
bool are_disjoint(std::vector<Rect> places) {
  constexpr double kNearly = 1e-3;  // [px]
  std::ranges::sort(places, {}, &Rect::y);
  std::map<double, Rect> open;         // by left edge; none of them overlap
  std::multimap<double, double> ends;  // bottom edge and left edge of the open ones
  for (const Rect& r : places) {
    while (!ends.empty() && ends.begin()->first <= r.y + kNearly) {
      open.erase(ends.begin()->second);
      ends.erase(ends.begin());
    }
    const auto next = open.lower_bound(r.x);
    if (next != open.end() && next->first < r.x + r.width - kNearly) return false;
    if (next != open.begin() &&
        std::prev(next)->second.x + std::prev(next)->second.width > r.x + kNearly)
      return false;
    if (!open.emplace(r.x, r).second) return false;
    ends.emplace(r.y + r.height, r.x);
  }
  return true;
}

/// A mosaic of the files has the VRT's nodata pixels: all pixels count on both sides, or each file
/// leaves out its nodata value and the VRT has one, or files that share no pixel leave out the
/// VRT's.
bool fits_nodata(std::vector<SourceRef>& sources, const std::vector<Rect>& places,
                 const CPLXMLNode* band) {
  const char* shown = CPLGetXMLValue(band, "NoDataValue", nullptr);
  // A hidden value fills gaps as data that no file has.
  if (CPLTestBool(CPLGetXMLValue(band, "HideNoDataValue", "0"))) return false;
  const bool any =
      std::ranges::any_of(sources, [](const SourceRef& s) { return s.nodata.has_value(); });
  if (shown != nullptr && !any && are_disjoint(places))
    for (SourceRef& source : sources) source.nodata = kernels::Nodata::parse(shown);
  for (SourceRef& source : sources) {
    if (source.nodata.has_value() != (shown != nullptr)) return false;
    source.all_data = !source.nodata;
    if (shown != nullptr) source.shown = kernels::Nodata::parse(shown);
    if (shown != nullptr && !source.shown) return false;
  }
  return true;
}

/// A source as gdalbuildvrt makes them: pixels as they are, at most with a nodata value.
bool is_plain(const CPLXMLNode* source, int band) {
  if (static_cast<int>(number_at(source, "SourceBand", 0)) != band) return false;
  if (CPLGetXMLNode(source, "resampling") != nullptr) return false;
  for (const CPLXMLNode* child = source->psChild; child != nullptr; child = child->psNext) {
    if (child->eType != CXT_Element) continue;
    const std::string_view name = child->pszValue;
    const bool known = name == "SourceFilename" || name == "SourceBand" ||
                       name == "SourceProperties" || name == "SrcRect" || name == "DstRect" ||
                       name == "NODATA";
    if (!known) return false;
  }
  return shows_whole_file(source);
}

/// The sources of one band; nothing if it is more than one file beside the other.
std::optional<std::vector<SourceRef>> band_sources(const CPLXMLNode* band, int number,
                                                   const std::string& path, const Rect& whole) {
  if (CPLGetXMLNode(band, "subClass") != nullptr) return std::nullopt;
  std::vector<SourceRef> sources;
  std::vector<Rect> places;
  for (const CPLXMLNode* node = band->psChild; node != nullptr; node = node->psNext) {
    if (node->eType != CXT_Element || !std::string_view(node->pszValue).ends_with("Source"))
      continue;
    const bool simple = is_element(node, "SimpleSource") || is_element(node, "ComplexSource");
    if (!simple || !is_plain(node, number)) return std::nullopt;
    places.push_back(place_of(node, whole));
    if (!keeps_pixels(node, places.back())) return std::nullopt;
    const std::string name = CPLGetXMLValue(node, "SourceFilename", "");
    if (name.empty()) return std::nullopt;
    const bool relative =
        CPLGetXMLValue(node, "SourceFilename.relativeToVRT", "0") == std::string_view("1");
    SourceRef ref;
    ref.path = relative ? resolve_name(name, path, true) : name;
    if (const char* nodata = CPLGetXMLValue(node, "NODATA", nullptr))
      ref.nodata = kernels::Nodata::parse(nodata);
    sources.push_back(std::move(ref));
  }
  if (!is_natural_extent(places, whole) || !fits_nodata(sources, places, band)) return std::nullopt;
  return sources;
}

bool same_files(const std::vector<SourceRef>& a, const std::vector<SourceRef>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].path != b[i].path || a[i].nodata != b[i].nodata || a[i].shown != b[i].shown)
      return false;
  return true;
}

/// The VRT's pixels mean what those of its files do: it may have a scale or colours of its own.
bool means_the_same(const std::string& path, const std::string& file) {
  if (!file_exists(file)) return true;  // whoever reads it says so
  const SceneInfo shown = read_scene_info(path), own = read_scene_info(file);
  const auto same = [](const BandInfo& a, const BandInfo& b) {
    return same_scale(a, b) && compare_units(a, b) != Agreement::kDiffer &&
           compare_colours(a, b) != Agreement::kDiffer &&
           compare_classes(a, b) != Agreement::kDiffer;
  };
  return std::ranges::equal(shown.bands, own.bands, same);
}

}  // namespace

std::optional<std::vector<SourceRef>> list_vrt(const std::string& path) {
  constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
  const std::string text = read_text(path, kMostBytes);
  const GdalMessages messages;
  const Xml xml(CPLParseXMLString(text.c_str()), &CPLDestroyXMLNode);
  if (!xml)
    throw report::RuntimeError(
        "cannot read " + path + ": " +
        (messages.first_error().empty() ? "not XML" : messages.first_error()));
  const CPLXMLNode* root = CPLGetXMLNode(xml.get(), "=VRTDataset");
  if (root == nullptr || CPLGetXMLNode(root, "subClass") != nullptr ||
      CPLGetXMLNode(root, "MaskBand") != nullptr)
    return std::nullopt;
  const Rect whole = {0, 0, number_at(root, "rasterXSize", 0), number_at(root, "rasterYSize", 0)};
  std::optional<std::vector<SourceRef>> all;
  int number = 0;
  for (const CPLXMLNode* node = root->psChild; node != nullptr; node = node->psNext) {
    if (!is_element(node, "VRTRasterBand")) continue;
    const auto sources = band_sources(node, ++number, path, whole);
    if (!sources || sources->size() < 2 || (all && !same_files(*all, *sources)))
      return std::nullopt;
    all = sources;
  }
  if (all && !means_the_same(path, all->front().path)) return std::nullopt;
  return all;
}

}  // namespace cogmill::io
