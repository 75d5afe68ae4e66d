// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/nodata.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

/// Where the validity of a file's pixels comes from, besides nodata values.
enum class MaskKind : std::uint8_t {
  kNone,
  kDataset /*internal or sidecar mask*/,
  kAlpha /*an alpha band*/,
  kByBand /*masks of single bands, which no job can take: see require_one_mask()*/
};

struct BandInfo {
  kernels::DataType type = kernels::DataType::kUInt8;
  std::string description;           ///< may be empty
  std::string color_interpretation;  ///< GDAL's name: "Gray", "Red", "Alpha", "Undefined", ...
  std::optional<kernels::Nodata> nodata;
  double scale = 1;
  double offset = 0;
  bool has_color_table = false;
  bool has_categories = false;  ///< category names or a thematic attribute table
  std::string unit;             ///< of the values; may be empty
  std::uint64_t colours = 0;    ///< see colours_of()
  std::uint64_t classes = 0;    ///< see classes_of()
};

/// How the file stores its pixels, and which way cogmill reads them.
struct StorageInfo {
  std::int64_t block_width = 0, block_height = 0;  ///< [px]
  bool tiled = false;
  std::string compression;  ///< GDAL's name, "NONE" if not compressed
  std::string interleave;   ///< "PIXEL" or "BAND"
  int predictor = 1;
  bool big_endian = false;
  bool bigtiff = false;
  int overviews = 0;
  std::vector<std::array<std::int64_t, 2>> overview_sizes;  ///< width, height of each [px]
  bool cog_layout = false;                                  ///< GDAL's LAYOUT=COG
  std::int64_t stored_blocks = 0;  ///< blocks that hold data (the others are sparse); 0 if unknown
  std::int64_t total_blocks = 0;
  bool fast_path = false;       ///< our own tile reader takes it
  std::string fallback_reason;  ///< why not, when fast_path is false
};

/// Everything a job has to know of one input before it reads pixels. Made on rank 0, shared as
/// JSON.
struct SceneInfo {
  std::string path;    ///< as GDAL opens it
  std::string driver;  ///< "GTiff", ...
  int overview = -1;   ///< the overview of the file that this is, 0: the first; -1: the file itself
  std::int64_t file_bytes = 0;         ///< 0 if unknown
  std::int64_t width = 0, height = 0;  ///< [px]
  std::vector<BandInfo> bands;
  MaskKind mask = MaskKind::kNone;
  int alpha_band = 0;          ///< number from 1; 0: none
  bool premultiplied = false;  ///< colours are multiplied by alpha already
  int orientation = 1;         ///< of a TIFF's rows and columns, 1 .. 8; 1: as they are to be seen
  bool min_is_white = false;   ///< inverted grey; its table is made up
  std::optional<std::array<double, 6>> geotransform;  ///< GDAL's order
  std::string crs_wkt;                                ///< WKT2; empty if unknown
  std::string crs_name;                               ///< "EPSG:32621", or the CRS's name
  int gcps = 0;
  bool rpc = false;
  std::vector<std::uint64_t> items;  ///< see metadata_items()
  StorageInfo storage;
};

/// Numbers, from 1, of the bands that are no alpha.
std::vector<int> image_bands(const SceneInfo& scene);

/// Opens the file with GDAL (metadata only) and libtiff's directory to fill a SceneInfo. Local.
/// @throws report::RuntimeError if it cannot be opened or its dimensions are absurd: one line that
/// says what is wrong (missing, a directory, empty, truncated, not a raster) and what to try
/// @param overview to describe instead of the file; its geotransform is that of its larger pixels
SceneInfo read_scene_info(const std::string& path, int overview = -1);

/// @throws report::RuntimeError if the file has masks of single bands: what is hidden in one band
/// may be data in another, and a GeoTIFF has one mask for all. It says how to take them apart
void require_one_mask(const SceneInfo& scene);

std::string to_json(const SceneInfo& scene);
SceneInfo scene_info_from_json(const std::string& text);

}  // namespace cogmill::io
