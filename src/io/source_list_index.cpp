// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_check.hpp"
#include "src/io/source_list_kinds.hpp"
#include "src/io/tile_index.hpp"
#include "src/report/error.hpp"

#include <gdal_priv.h>

#include <memory>

namespace cogmill::io {
namespace {

using report::RuntimeError;

bool has_text_field(OGRLayer& layer, const char* name) {
  const int field = layer.GetLayerDefn()->GetFieldIndex(name);
  return field >= 0 && layer.GetLayerDefn()->GetFieldDefn(field)->GetType() == OFTString;
}

/// The layer that GTI metadata speak of, else the first with a text field `location`, as gdaltindex
/// makes it; nullptr if there is none.
OGRLayer* index_layer(GDALDataset& dataset, const std::string& path) {
  if (const char* name = dataset.GetMetadataItem("TILE_INDEX_LAYER")) {
    if (OGRLayer* layer = dataset.GetLayerByName(name)) return layer;
    throw RuntimeError("tile index " + path + " has no layer '" + name +
                       "', which its TILE_INDEX_LAYER names");
  }
  for (OGRLayer* layer : dataset.GetLayers())
    if (layer != nullptr &&
        (layer->GetMetadataItem("LOCATION_FIELD") != nullptr ||
         layer->GetMetadata("xml:GTI") != nullptr || has_text_field(*layer, "location")))
      return layer;
  return nullptr;
}

std::string layer_names(GDALDataset& dataset) {
  std::string names;
  for (OGRLayer* layer : dataset.GetLayers())
    if (names.size() < 200) names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
  return names;
}

/// The layer that a document names, or the only one.
OGRLayer& document_layer(GDALDataset& dataset, const CPLXMLNode* document, const std::string& path,
                         const std::string& list) {
  const std::string name = CPLGetXMLValue(document, "IndexLayer", "");
  OGRLayer* layer = nullptr;
  if (!name.empty())
    layer = dataset.GetLayerByName(name.c_str());
  else if (dataset.GetLayerCount() == 1)
    layer = dataset.GetLayer(0);
  if (layer != nullptr) return *layer;
  throw RuntimeError("tile index " + list + ": " + path +
                     (name.empty() ? " has no or several layers" : " has no layer '" + name + "'") +
                     "; name one of these as IndexLayer: " + layer_names(dataset));
}

SourceList read(const IndexTerms& terms, const std::string& path, const std::string& list) {
  return {read_tile_index(terms, path, list), index_wishes(terms, list)};
}

void refuse_sql(const char* sql, const std::string& list) {
  if (sql != nullptr)
    throw RuntimeError("tile index " + list +
                       ": SQL is not supported; name a layer, and choose features with Filter");
}

}  // namespace

std::optional<SourceList> list_tile_index(const std::string& path) {
  const GdalMessages messages;
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) return std::nullopt;
  refuse_sql(dataset->GetMetadataItem("TILE_INDEX_SQL"), path);
  OGRLayer* layer = index_layer(*dataset, path);
  if (layer == nullptr) return std::nullopt;
  return read(IndexTerms(nullptr, *layer, path), path, path);
}

SourceList list_gti(const std::string& path) {
  constexpr std::int64_t kMostBytes = std::int64_t{64} << 20;
  const XmlTree tree = parse_gti(read_text(path, kMostBytes), path);
  const CPLXMLNode* document = CPLGetXMLNode(tree.get(), "=GDALTileIndexDataset");
  refuse_sql(CPLGetXMLValue(document, "SQL", nullptr), path);
  const std::string name = CPLGetXMLValue(document, "IndexDataset", "");
  if (name.empty())
    throw RuntimeError("tile index " + path + " has no IndexDataset, the file with its features");
  const std::string index = resolve_name(name, path, true);
  const GdalMessages messages;
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open(index.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR));
  if (!dataset)
    throw RuntimeError("tile index " + path + ": cannot open its IndexDataset " + index + ": " +
                       (messages.first_error().empty() ? "not a vector file that GDAL knows"
                                                       : messages.first_error()));
  OGRLayer& layer = document_layer(*dataset, document, index, path);
  return read(IndexTerms(document, layer, path), index, path);
}

}  // namespace cogmill::io
