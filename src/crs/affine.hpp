// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/pixel_transformer.hpp"

#include <array>

namespace cogmill::crs {

using Affine = std::array<double, 6>;  ///< a geotransform in GDAL's order, or its inverse

inline kernels::PixelPoint mapped(const Affine& g, const kernels::PixelPoint& p) {
  return {g[0] + p.x * g[1] + p.y * g[2], g[3] + p.x * g[4] + p.y * g[5]};
}

}  // namespace cogmill::crs
