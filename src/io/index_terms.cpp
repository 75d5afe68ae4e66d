// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_check.hpp"
#include "src/io/tile_index.hpp"
#include "src/report/error.hpp"

#include <cpl_conv.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace cogmill::io {
namespace {

using Kind = MosaicWish::Kind;
using report::RuntimeError;

/// Elements that are read, and those that change neither grid nor pixels.
constexpr std::array<std::string_view, 28> kKnown = {
    "IndexDataset", "IndexLayer", "Filter",     "LocationField", "SortField", "SortFieldAsc",
    "SRS",          "Resampling", "ResX",       "ResY",          "MinX",      "MinY",
    "MaxX",         "MaxY",       "BandCount",  "DataType",      "MaskBand",  "NoDataValue",
    "GeoTransform", "XSize",      "YSize",      "Band",          "Metadata",  "Overview",
    "BlockXSize",   "BlockYSize", "Interleave", "ColorInterp"};

/// Names that GDAL's driver for rasters behind a tile index goes by.
bool is_for_gdal(const std::string& list) {
  return list.ends_with(".gti") || list.ends_with(".gti.gpkg") || list.ends_with(".gti.fgb");
}

class Wishes {
 public:
  Wishes(const IndexTerms& terms, const std::string& list) : terms_(terms), list_(list) {}

  void add(Kind kind, const char* element, const char* item) {
    if (const auto value = terms_.find(element, item)) push(kind, *value);
  }

  /// Several terms that say one thing.
  template <std::size_t N>
  void add_numbers(Kind kind, const std::array<std::array<const char*, 2>, N>& names) {
    std::string joined;
    for (const auto& [element, item] : names) {
      const auto value = terms_.find(element, item);
      if (!value) return;
      joined += (joined.empty() ? "" : ",") + *value;
    }
    push(kind, joined);
  }

  /// An upright grid is a resolution and an extent.
  void add_grid() {
    const auto text = terms_.find("GeoTransform", "GEOTRANSFORM");
    const auto width = terms_.find("XSize", "XSIZE"), height = terms_.find("YSize", "YSIZE");
    if (!text || !width || !height) return;
    const CPLStringList numbers(CSLTokenizeString2(text->c_str(), ",", 0));
    std::array<double, 6> g = {};
    for (int i = 0; i < std::min(numbers.Count(), 6); ++i)
      g[static_cast<std::size_t>(i)] = CPLAtof(numbers[i]);
    if (numbers.Count() != 6 || g[2] != 0 || g[4] != 0 || g[1] <= 0 || g[5] >= 0) {
      push(Kind::kUnknown, "GeoTransform");
      return;
    }
    push(Kind::kResolution, CPLSPrintf("%.17g,%.17g", g[1], -g[5]));
    push(Kind::kExtent,
         CPLSPrintf("%.17g,%.17g,%.17g,%.17g", g[0], g[3] + CPLAtof(height->c_str()) * g[5],
                    g[0] + CPLAtof(width->c_str()) * g[1], g[3]));
  }

  /// GDAL shows an index in the CRS of its layer, if nothing else is said.
  void add_crs() {
    const auto said = terms_.find("SRS", "SRS");
    if (said) {
      push(Kind::kCrs, *said);
      return;
    }
    const OGRSpatialReference* srs = terms_.layer().GetSpatialRef();
    if (!is_for_gdal(list_) || srs == nullptr || srs->IsEmpty() != FALSE ||
        std::string_view(srs->GetName()).starts_with("Undefined "))
      return;
    const char *authority = srs->GetAuthorityName(nullptr), *code = srs->GetAuthorityCode(nullptr);
    char* wkt = nullptr;
    if (authority != nullptr && code != nullptr)
      push(Kind::kCrs, std::string(authority) + ":" + code);
    else if (srs->exportToWkt(&wkt) == OGRERR_NONE)
      push(Kind::kCrs, wkt);
    CPLFree(wkt);
  }

  void add_bands() {
    int bands = 0;
    for (const CPLXMLNode* element : terms_.elements()) {
      const std::string_view name = element->pszValue;
      if (std::ranges::count(kKnown, name) == 0) push(Kind::kUnknown, element->pszValue);
      if (name != "Band") continue;
      ++bands;
      if (const char* type = CPLGetXMLValue(element, "dataType", nullptr))
        push(Kind::kDataType, type);
      if (const char* nodata = CPLGetXMLValue(element, "NoDataValue", nullptr))
        push(Kind::kNodata, nodata);
    }
    if (bands > 0) push(Kind::kBandCount, std::to_string(bands));
  }

  std::vector<MosaicWish> take() { return std::move(wishes_); }

 private:
  void push(Kind kind, const std::string& value) {
    constexpr std::size_t kLongest = 4000;  // a CRS may be WKT
    const auto same = [&](const MosaicWish& w) { return w.kind == kind && w.value == value; };
    if (std::ranges::none_of(wishes_, same))
      wishes_.push_back({list_, kind, value.substr(0, kLongest)});
  }

  const IndexTerms& terms_;
  std::string list_;
  std::vector<MosaicWish> wishes_;
};

}  // namespace

XmlTree parse_gti(const std::string& text, const std::string& path) {
  const GdalMessages messages;
  XmlTree tree(CPLParseXMLString(text.c_str()), &CPLDestroyXMLNode);
  if (!tree)
    throw RuntimeError("cannot read " + path + ": " +
                       (messages.first_error().empty() ? "not XML" : messages.first_error()));
  if (CPLGetXMLNode(tree.get(), "=GDALTileIndexDataset") == nullptr)
    throw RuntimeError("cannot read " + path +
                       ": it has no GDALTileIndexDataset, so it is no tile index of GDAL's");
  return tree;
}

IndexTerms::IndexTerms(const CPLXMLNode* document, OGRLayer& layer, const std::string& list)
    : layer_(layer), document_(document) {
  char** const own = layer.GetMetadata("xml:GTI");
  if (document_ != nullptr || own == nullptr || *own == nullptr) return;
  own_ = parse_gti(*own, list + " (metadata xml:GTI)");
  document_ = CPLGetXMLNode(own_.get(), "=GDALTileIndexDataset");
}

std::optional<std::string> IndexTerms::find(const char* element, const char* item) const {
  const char* text = document_ == nullptr ? nullptr : CPLGetXMLValue(document_, element, nullptr);
  if (text == nullptr && item != nullptr) text = layer_.GetMetadataItem(item);
  return text == nullptr ? std::nullopt : std::optional<std::string>(text);
}

std::vector<const CPLXMLNode*> IndexTerms::elements() const {
  std::vector<const CPLXMLNode*> found;
  for (const CPLXMLNode* node = document_ == nullptr ? nullptr : document_->psChild;
       node != nullptr; node = node->psNext)
    if (node->eType == CXT_Element) found.push_back(node);
  return found;
}

std::vector<MosaicWish> index_wishes(const IndexTerms& terms, const std::string& list) {
  Wishes wishes(terms, list);
  wishes.add_numbers<2>(Kind::kResolution, {{{"ResX", "RESX"}, {"ResY", "RESY"}}});
  wishes.add_numbers<4>(Kind::kExtent,
                        {{{"MinX", "MINX"}, {"MinY", "MINY"}, {"MaxX", "MAXX"}, {"MaxY", "MAXY"}}});
  wishes.add_grid();
  wishes.add_crs();
  wishes.add(Kind::kResampling, "Resampling", "RESAMPLING");
  wishes.add(Kind::kNodata, "NoDataValue", "NODATA");
  wishes.add(Kind::kDataType, "DataType", "DATA_TYPE");
  wishes.add(Kind::kBandCount, "BandCount", "BAND_COUNT");
  const auto mask = terms.find("MaskBand", "MASK_BAND");
  if (mask && CPLTestBool(mask->c_str())) wishes.add(Kind::kMask, "MaskBand", "MASK_BAND");
  wishes.add_bands();
  return wishes.take();
}

}  // namespace cogmill::io
