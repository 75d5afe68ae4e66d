// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

/// One source of a mosaic.
struct SourceRef {
  std::string path;                            ///< as GDAL opens it
  std::optional<kernels::Nodata> nodata = {};  ///< said by who lists it, instead of the file's
  bool all_data = false;  ///< who lists it shows all pixels: the file's nodata does not count
  std::optional<kernels::Nodata> shown = {};  ///< the nodata value of what is shown, if another
};

/// What a list says of the mosaic itself, and cogmill takes from options.
struct MosaicWish {
  enum class Kind : std::uint8_t {
    kResolution,  ///< "60,60" [CRS unit]
    kExtent,      ///< "0,1,2,3": x min, y min, x max, y max [CRS unit]
    kCrs,         ///< as srs_from_text takes it
    kResampling,  ///< a method's name
    kNodata,      ///< of the output
    kDataType,    ///< a type's name
    kBandCount,
    kMask,    ///< a mask of where there are sources
    kUnknown  ///< the name of something that is not understood
  };
  std::string list;  ///< who says it
  Kind kind;
  std::string value;
};

struct SourceList {
  std::vector<SourceRef> sources;
  std::vector<MosaicWish> wishes;
};

/// Most sources that a mosaic has.
inline constexpr std::size_t kMostSources = 1'000'000;

/// Expands what a user names into rasters, in the order given, which is their priority:
///   a raster               itself
///   a folder               its rasters by name, VRTs and sidecars left out, no folders in it
///   @FILE or FILE.txt      a source of any kind on each line; # begins a comment
///   a VRT mosaic           the whole files it shows pixel by pixel one beside the other, where a
///                          mosaic of them is what it shows; other VRTs are rasters
///   a tile index           OGR layer with a `location` field (GeoPackage, Shapefile, FlatGeobuf,
///                          GeoJSON), by feature, or as its GTI metadata say
///   FILE.gti               a tile index as this document of GDAL's GTI driver describes it
///   STAC                   an item or a FeatureCollection (.json, .geojson): an asset of each item
/// Relative names in a list are looked for in the working folder, then beside the list; in a VRT,
/// an index or STAC beside that file first.
/// @param asset of STAC items; empty: the first GeoTIFF of each
/// @throws report::RuntimeError naming the file and what is wrong with it, and if nothing is found
SourceList list_sources(const std::vector<std::string>& inputs, const std::string& asset);

}  // namespace cogmill::io
