// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/nodata.hpp"
#include "kernels/statistics.hpp"
#include "src/io/tiff_tags.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cogmill::io {

/// What the output's pixels are to the input's.
enum class PixelOrigin : std::uint8_t {
  kUnchanged,  ///< the same values: everything that describes them is carried over
  kComputed,   ///< new values: only where they lie is carried over (CRS, geotransform, GCPs, RPC)
};

/// One band of the output.
struct TemplateBand {
  int source_band = 0;  ///< the input's band it comes from, from 1; 0: none, nothing to carry over
  std::optional<std::string> description = {};  ///< instead of the input's
  std::optional<kernels::Statistics> statistics = {};
  bool alpha = false;  ///< says what is valid in the others
};

/// Where an output lies that is not on the input's grid.
struct TemplateGrid {
  std::string crs_wkt;
  std::array<double, 6> geotransform = {};  ///< of the whole output, whatever part is written
};

/// The output as GDAL has to describe it.
struct TemplateRequest {
  std::string path;  ///< input whose metadata is carried over; empty: none
  PixelOrigin origin = PixelOrigin::kUnchanged;
  kernels::DataType type = kernels::DataType::kUInt8;
  std::vector<TemplateBand> bands;  ///< at least one, at most 65535
  std::optional<kernels::Nodata> nodata = {};
  bool associated_alpha = false;  ///< colours are multiplied by alpha
  bool copy_statistics = false;   ///< bands without statistics keep the input's (kUnchanged only)
  /// Metadata items that are carried over, as item_hash() has them, sorted; nothing: all.
  std::optional<std::vector<std::uint64_t>> items = {};
  std::optional<TemplateGrid> grid = {};  ///< instead of the input's CRS, transform, GCPs and RPC
  std::int64_t col = 0;  ///< the output's first pixel in the input, or in the grid [px]
  std::int64_t row = 0;
  std::int64_t width = 0;  ///< of the output [px]
  std::int64_t height = 0;
};

struct GeoTemplate {
  /// By tag number: everything of the directory but structure. That is all tags except 254-257,
  /// 259, 266, 273, 278, 279, 284, 317, 322-325, 330 and 347, so it holds 258, 262, 277, 338, 339,
  /// 320, the GeoTIFF keys, RPC, GDAL's metadata and nodata, XMP, ICC profile and TIFFTAG_* items.
  std::vector<TiffTag> tags;
  /// Text of the OUTPUT.aux.xml that GDAL's own drivers would write for what TIFF tags cannot hold
  /// (category names, attribute tables, a CRS that GeoTIFF keys cannot express, metadata beyond
  /// 32000 bytes). Empty: none needed.
  std::string aux_xml;
  std::vector<std::string> warnings;  ///< one line each: what the tags could not hold
};

/// Lets GDAL write a GeoTIFF of one pixel to memory that has the metadata of the output, and takes
/// its tags. Local, thread-safe.
/// @throws report::RuntimeError if the input cannot be opened or GDAL refuses the output's type
GeoTemplate make_geo_template(const TemplateRequest& request);

/// @return the tags that an overview's directory has too, as GDAL's COG driver writes them: 258,
/// 262, 277, 320, 338, 339, 42113
std::vector<TiffTag> overview_tags(std::span<const TiffTag> tags);

}  // namespace cogmill::io
