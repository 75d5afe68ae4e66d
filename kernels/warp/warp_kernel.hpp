// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cogmill::kernels {

/// How an output pixel is computed from the source, as gdalwarp -r.
enum class WarpResampling : std::uint8_t {
  kNearest,
  kBilinear,
  kCubic,
  kCubicSpline,
  kLanczos,
  kAverage,
  kRms,
  kMode,
  kMin,
  kMax,
  kMed,
  kQ1,
  kQ3,
  kSum,
};

/// gdalwarp's name: "near", "bilinear", "cubic", "cubicspline", "lanczos", "average", "rms",
/// "mode", "min", "max", "med", "q1", "q3", "sum".
std::string_view name_of(WarpResampling resampling);
/// Any case; "nearest" is "near".
std::optional<WarpResampling> warp_resampling_from_name(std::string_view name);

/// Which mask says whether there is an output pixel at all, by the source pixel under its centre.
/// (Boxes and kNearest know only the band's own.)
enum class CentreRule : std::uint8_t {
  kBand,     ///< the band's: one band, or UNIFIED_SRC_NODATA=YES with one mask for all bands
  kAnyBand,  ///< valid in any band of the call: UNIFIED_SRC_NODATA=PARTIAL, gdalwarp's default
  kNone,     ///< always there if a neighbour is valid: UNIFIED_SRC_NODATA=NO with several bands
};

/// A method and the one pair of scale factors that holds for the whole output.
struct WarpKernel {
  WarpResampling resampling = WarpResampling::kNearest;
  double x_scale = 1, y_scale = 1;  ///< output px per source px; below 1: downsampling
  CentreRule centre = CentreRule::kBand;
};

/// True where an output pixel is a box of the source (average and those after it), not a point.
constexpr bool takes_boxes(WarpResampling r) { return r >= WarpResampling::kAverage; }

/// Source pixels needed beyond the positions of row_positions or row_boxes, on every side [px].
struct WarpMargin {
  std::int64_t x = 0, y = 0;
};
WarpMargin margin_of(const WarpKernel& kernel);

}  // namespace cogmill::kernels
