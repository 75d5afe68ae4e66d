// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp_kernel.hpp"
#include "src/crs/choose_overview.hpp"
#include "src/crs/target_grid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::job {

/// GDAL's UNIFIED_SRC_NODATA: what makes a pixel of several bands invalid.
enum class UnifiedNodata : std::uint8_t {
  kNo,       ///< each band for itself
  kYes,      ///< all bands together, if all are nodata
  kPartial,  ///< each band for itself, and the alpha if all are nodata
};

/// How inputs come onto the output's grid: reproject always, other commands where the command line
/// names a grid.
struct WarpOptions {
  crs::GridOptions grid;
  std::string src_crs;
  std::string coordinate_operation;
  std::vector<std::string> transformer_options;
  kernels::WarpResampling resampling = kernels::WarpResampling::kNearest;
  double error_threshold = 0.125;  ///< [source px]; 0: every position exact
  crs::OverviewOption overview;
  bool add_alpha = false;
  std::optional<UnifiedNodata> unified_nodata;  ///< default: kYes with --src-nodata, else kPartial
  std::optional<crs::CutlineOptions> cutline;   ///< what lies outside is no data
  std::optional<double> x_scale, y_scale;       ///< --wo XSCALE, YSCALE: instead of measured ones
};

}  // namespace cogmill::job
