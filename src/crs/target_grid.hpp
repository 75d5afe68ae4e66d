// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::crs {

/// How a source's pixels are tied to the ground, beyond what its file says.
struct SourceOptions {
  std::string path = {};                  ///< as GDAL opens it
  std::string src_crs = {};               ///< --src-crs, any text GDAL takes; empty: the file's
  std::string coordinate_operation = {};  ///< --coordinate-operation (--ct): a PROJ pipeline
  std::vector<std::string> transformer_options =
      {};                 ///< --transform-option (--to) NAME=VALUE, as GDAL's
  std::string name = {};  ///< for messages; empty: path
};

/// What the command line says of the output's grid. Option names as in gdalwarp's new spelling.
struct GridOptions {
  std::string dst_crs = {};  ///< any text GDAL takes; empty: the source's
  std::string like = {};     ///< a file whose grid is taken whole
  std::optional<std::array<double, 2>> resolution = {};  ///< --resolution X,Y [CRS unit], > 0
  std::optional<std::array<std::int64_t, 2>> size = {};  ///< --size W,H [px]; one of them may be 0
  std::optional<std::array<double, 4>> bbox = {};        ///< --bbox XMIN,YMIN,XMAX,YMAX
  std::string bbox_crs = {};                             ///< CRS of bbox; empty: the output's
  bool target_aligned_pixels = false;
  bool allow_large = false;  ///< --allow-large-output
  bool may_miss = false;     ///< the box may miss the source: who asks looks for itself
};

/// Which polygons cut the output out, as gdalwarp -cutline, -cl, -cwhere and -crop_to_cutline.
struct CutlineOptions {
  std::string path;   ///< as OGR opens it
  std::string layer;  ///< empty: the only one
  std::string where;  ///< SQL of the features; empty: all
  bool crop = false;  ///< the output's extent is theirs, unless a box is given
};

/// The grid of an output image.
struct TargetGrid {
  std::string crs_wkt;                                      ///< WKT2
  std::array<double, 6> geotransform = {0, 1, 0, 0, 0, 1};  ///< GDAL's order
  std::int64_t width = 0, height = 0;                       ///< [px]
};

/// @return WKT2 of a CRS given as EPSG:n, WKT, PROJJSON, PROJ string or URN, compound and 3D ones
/// too. Axis order is handled by GDAL's traditional mapping (x is east or longitude).
/// @throws report::UsageError naming the option and PROJ's reason
std::string crs_from_text(const std::string& text, const std::string& option);

/// @return what a CRS is called, for messages
std::string title_of_crs(const std::string& wkt);

/// The grid that gdalwarp would choose for one source and these options. Local.
/// @throws report::UsageError if options contradict one another or the size is absurd (says the
/// size, and --allow-large-output); report::RuntimeError if the source has no CRS (says how to give
/// --src-crs), there is no way from one CRS to the other, the source lies outside the target's
/// domain, or the box misses the source altogether
TargetGrid choose_target_grid(const SourceOptions& source, const GridOptions& options);

}  // namespace cogmill::crs
