// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/transformer_names.hpp"

#include "src/report/nearest.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace cogmill::cli {
namespace {

/// Options of GDALCreateGenImgProjTransformer2, of GDAL 3.6 to 3.13.
const std::vector<std::string>& names() {
  static const std::vector<std::string> all = {
      "METHOD", "SRC_METHOD", "DST_METHOD", "SRC_SRS", "DST_SRS", "COORDINATE_OPERATION",
      "AREA_OF_INTEREST", "ALLOW_BALLPARK", "ONLY_BEST", "COORDINATE_EPOCH", "SRC_COORDINATE_EPOCH",
      "DST_COORDINATE_EPOCH", "INSERT_CENTER_LONG", "STRIP_VERT_CS", "PROMOTE_TO_3D",
      "TARGET_EXTENT", "NUM_THREADS",
      // ground control points
      "GCPS_OK", "MAX_GCP_ORDER", "REFINE_TOLERANCE", "REFINE_MINIMUM_GCPS",
      "GCP_ANTIMERIDIAN_UNWRAP",
      // rational polynomial coefficients
      "RPC_DEM", "RPC_DEMINTERPOLATION", "RPC_DEM_INTERPOLATION", "RPC_DEM_MISSING_VALUE",
      "RPC_DEM_SRS", "RPC_DEM_APPLY_VDATUM_SHIFT", "RPC_HEIGHT", "RPC_HEIGHT_SCALE",
      "RPC_PIXEL_ERROR_THRESHOLD", "RPC_MAX_ITERATIONS", "RPC_FOOTPRINT", "RPC_INVERSE_VERBOSE",
      "RPC_INVERSE_LOG",
      // geolocation arrays
      "GEOLOC_ARRAY", "SRC_GEOLOC_ARRAY", "DST_GEOLOC_ARRAY", "GEOLOC_USE_TEMP_DATASETS",
      "GEOLOC_BACKMAP_OVERSAMPLE_FACTOR", "GEOLOC_NORMALIZE_LONGITUDE_MINUS_180_PLUS_180",
      // approximation
      "SRC_APPROX_ERROR_IN_SRS_UNIT", "SRC_APPROX_ERROR_IN_PIXEL", "DST_APPROX_ERROR_IN_SRS_UNIT",
      "DST_APPROX_ERROR_IN_PIXEL", "REPROJECTION_APPROX_ERROR_IN_SRC_SRS_UNIT",
      "REPROJECTION_APPROX_ERROR_IN_DST_SRS_UNIT"};
  return all;
}

}  // namespace

void check_transformer_name(const job::Argument& argument) {
  const std::string given = argument.value.substr(0, argument.value.find('='));
  if (std::ranges::find(names(), job::to_upper(given)) != names().end()) return;
  const auto meant = report::nearest(given, names());
  argument.fail(
      "GDAL's transformers have no option " + given +
      (meant ? "; did you mean " + *meant + "?" : "; they have " + job::join(names(), ", ")));
}

std::vector<job::OptionText> transformer_option_texts() {
  std::vector<job::OptionText> texts;
  for (const std::string& name : names()) texts.push_back({.name = name});
  return texts;
}

}  // namespace cogmill::cli
