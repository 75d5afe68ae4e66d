// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/source_list.hpp"

#include <cpl_minixml.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

using XmlTree = std::unique_ptr<CPLXMLNode, void (*)(CPLXMLNode*)>;

/// @return the document's GDALTileIndexDataset   @throws report::RuntimeError naming the file
XmlTree parse_gti(const std::string& text, const std::string& path);

/// What is said of a tile index: by elements of a GTI document, which is a file or lies in the
/// layer's metadata, and by the layer's metadata items.
class IndexTerms {
 public:
  /// @param document a GDALTileIndexDataset; nullptr: the layer's own, if it has one
  /// @param list for messages   @throws report::RuntimeError if the layer's own is no document
  IndexTerms(const CPLXMLNode* document, OGRLayer& layer, const std::string& list);

  /// @param element as GTI documents spell it   @param item as layers do; nullptr: no such item
  std::optional<std::string> find(const char* element, const char* item) const;
  std::vector<const CPLXMLNode*> elements() const;  ///< of the document, each
  OGRLayer& layer() const { return layer_; }

 private:
  OGRLayer& layer_;
  XmlTree own_{nullptr, &CPLDestroyXMLNode};
  const CPLXMLNode* document_;
};

/// The rasters that the features of a layer name, in the order of their priority.
/// @param path of the index   @param list the GTI document, or the index itself: for messages, and
/// rasters are looked for beside it first   @throws report::RuntimeError naming the list
std::vector<SourceRef> read_tile_index(const IndexTerms& terms, const std::string& path,
                                       const std::string& list);

/// What the terms say of the mosaic's grid and pixels.
std::vector<MosaicWish> index_wishes(const IndexTerms& terms, const std::string& list);

}  // namespace cogmill::io
