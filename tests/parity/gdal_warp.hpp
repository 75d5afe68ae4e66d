// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/warp.hpp"
#include "tests/unit/warp_image.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace cogmill::parity {

/// What GDAL's warper is asked to do.
struct GdalWarp {
  kernels::WarpKernel kernel;
  testing::Affine at;  ///< output to source, in pixel corners
  std::int64_t width = 0, height = 0;
  std::optional<double> nodata;   ///< of every source band
  const char* unified = nullptr;  ///< UNIFIED_SRC_NODATA, if given
  bool alpha = false;             ///< the last band is alpha, of source and target
};

/// Warps the bands (of one type and size) in one chunk, with exact positions and the kernel's scale
/// factors. `valid` of the results marks the pixels that GDAL has set.
/// @throws std::runtime_error if GDAL fails
std::vector<testing::WarpImage> gdal_warp(const GdalWarp& warp,
                                          const std::vector<testing::WarpImage>& bands);

}  // namespace cogmill::parity
