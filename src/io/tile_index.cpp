// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tile_index.hpp"

#include "src/io/gdal_check.hpp"
#include "src/io/source_list_kinds.hpp"
#include "src/report/error.hpp"

#include <cpl_conv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <tuple>
#include <utility>

namespace cogmill::io {
namespace {

using report::RuntimeError;

/// A feature's place in the order of a field: one of these differs.
using SortKey = std::tuple<std::int64_t, double, std::string>;

/// One raster, and where it lies in the order.
struct Tile {
  SortKey key;
  std::string name;
};

SortKey date_key(const OGRFeature& feature, int field) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
  float second = 0;
  feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone);
  const std::int64_t minutes =
      (((std::int64_t{year} * 13 + month) * 32 + day) * 24 + hour) * 60 + minute;
  return {minutes, second, ""};
}

/// Features without a value come first.
SortKey key_of(const OGRFeature& feature, int field) {
  constexpr std::int64_t kLeast = INT64_MIN;
  if (field < 0 || feature.IsFieldSetAndNotNull(field) == FALSE) return {kLeast, 0, ""};
  switch (feature.GetFieldDefnRef(field)->GetType()) {
    case OFTInteger:
    case OFTInteger64:
      return {feature.GetFieldAsInteger64(field), 0, ""};
    case OFTReal:
      return {0, feature.GetFieldAsDouble(field), ""};
    case OFTDate:
    case OFTDateTime:
      return date_key(feature, field);
    default:
      return {0, 0, feature.GetFieldAsString(field)};
  }
}

/// The number of a field that has to be there, and has to be of one of some types.
int find_field(OGRLayer& layer, const std::string& name, std::initializer_list<OGRFieldType> types,
               const char* what, const std::string& list) {
  OGRFeatureDefn& definition = *layer.GetLayerDefn();
  const int field = definition.GetFieldIndex(name.c_str());
  const auto where = "tile index " + list + ": its layer '" + layer.GetName() + "' ";
  if (field < 0) throw RuntimeError(where + "has no field '" + name + "' (" + what + ")");
  const OGRFieldType type = definition.GetFieldDefn(field)->GetType();
  if (std::ranges::count(types, type) == 0)
    throw RuntimeError(where + "has a field '" + name + "' (" + what + ") of type " +
                       OGRFieldDefn::GetFieldTypeName(type) + ", which does not serve for that");
  return field;
}

int find_sort_field(const IndexTerms& terms, const std::string& list) {
  const auto name = terms.find("SortField", "SORT_FIELD");
  if (!name) return -1;
  return find_field(terms.layer(), *name,
                    {OFTString, OFTInteger, OFTInteger64, OFTReal, OFTDate, OFTDateTime},
                    "SortField", list);
}

void filter(const IndexTerms& terms, const GdalMessages& messages, const std::string& list) {
  const auto where = terms.find("Filter", "FILTER");
  if (where && terms.layer().SetAttributeFilter(where->c_str()) != OGRERR_NONE)
    throw RuntimeError(
        "tile index " + list + ": its Filter " + where->substr(0, 100) + ": " +
        (messages.first_error().empty() ? "not understood" : messages.first_error()));
}

/// Beside the document, as GDAL looks for it, or beside the index.
std::string raster_name(const std::string& name, const std::string& path, const std::string& list) {
  std::string beside_list = resolve_name(name, list, true);
  namespace fs = std::filesystem;
  if (fs::path(list).parent_path() == fs::path(path).parent_path()) return beside_list;
  std::string beside_index = resolve_name(name, path, true);
  return beside_list == beside_index || file_exists(beside_list) ? beside_list : beside_index;
}

std::vector<Tile> read_features(OGRLayer& layer, int location, int sort, const std::string& list) {
  std::vector<Tile> tiles;
  layer.ResetReading();
  while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
    const char* name =
        feature->IsFieldSetAndNotNull(location) != 0 ? feature->GetFieldAsString(location) : "";
    if (*name == '\0')
      throw RuntimeError("tile index " + list + ": feature " + std::to_string(feature->GetFID()) +
                         " has no location");
    if (tiles.size() == kMostSources)
      throw RuntimeError("tile index " + list + " has more than " + std::to_string(kMostSources) +
                         " features");
    tiles.push_back({key_of(*feature, sort), name});
  }
  return tiles;
}

}  // namespace

std::vector<SourceRef> read_tile_index(const IndexTerms& terms, const std::string& path,
                                       const std::string& list) {
  const GdalMessages messages;
  filter(terms, messages, list);
  const int location =
      find_field(terms.layer(), terms.find("LocationField", "LOCATION_FIELD").value_or("location"),
                 {OFTString}, "LocationField", list);
  const int sort = find_sort_field(terms, list);
  std::vector<Tile> tiles = read_features(terms.layer(), location, sort, list);
  if (!messages.first_error().empty())
    throw RuntimeError("cannot read tile index " + list + ": " + messages.first_error());
  const bool ascending =
      CPLTestBool(terms.find("SortFieldAsc", "SORT_FIELD_ASC").value_or("YES").c_str());
  std::ranges::stable_sort(tiles, [ascending](const Tile& a, const Tile& b) {
    return ascending ? a.key < b.key : b.key < a.key;
  });
  std::vector<SourceRef> sources;
  for (const Tile& tile : tiles)
    sources.push_back({raster_name(tile.name, path, list), std::nullopt});
  return sources;
}

}  // namespace cogmill::io
