// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_check.hpp"
#include "src/io/source_list_kinds.hpp"
#include "src/report/error.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>

namespace cogmill::io {
namespace {

/// The first layer with a text field `location`, as gdaltindex makes it.
OGRLayer* index_layer(GDALDataset& dataset, int& field) {
  for (int i = 0; i < dataset.GetLayerCount(); ++i) {
    OGRLayer* layer = dataset.GetLayer(i);
    if (layer == nullptr) continue;
    field = layer->GetLayerDefn()->GetFieldIndex("location");
    if (field >= 0 && layer->GetLayerDefn()->GetFieldDefn(field)->GetType() == OFTString)
      return layer;
  }
  return nullptr;
}

}  // namespace

std::optional<std::vector<SourceRef>> list_tile_index(const std::string& path) {
  const GdalMessages messages;
  const GDALDatasetUniquePtr dataset(
      GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) return std::nullopt;
  int field = -1;
  OGRLayer* layer = index_layer(*dataset, field);
  if (layer == nullptr) return std::nullopt;
  std::vector<SourceRef> sources;
  layer->ResetReading();
  while (const OGRFeatureUniquePtr feature{layer->GetNextFeature()}) {
    const char* name =
        feature->IsFieldSetAndNotNull(field) != 0 ? feature->GetFieldAsString(field) : "";
    if (*name == '\0')
      throw report::RuntimeError("tile index " + path + ": feature " +
                                 std::to_string(feature->GetFID()) + " has no location");
    if (sources.size() == kMostSources)
      throw report::RuntimeError("tile index " + path + " has more than " +
                                 std::to_string(kMostSources) + " features");
    sources.push_back({resolve_name(name, path, true), std::nullopt});
  }
  if (!messages.first_error().empty())
    throw report::RuntimeError("cannot read tile index " + path + ": " + messages.first_error());
  return sources;
}

}  // namespace cogmill::io
