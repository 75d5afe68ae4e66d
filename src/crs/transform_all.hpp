// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/pixel_transformer.hpp"

#include <cstddef>
#include <span>

namespace cogmill::crs {

/// Points that one thread transforms at a time: what GDAL is given in one call.
inline constexpr std::size_t kPointsPerTask = 4096;

/// transformer.transform(points), in batches of kPointsPerTask as oneTBB tasks.
void transform_all(const PixelTransformer& transformer, std::span<kernels::PixelPoint> points);
/// transformer.transform_on_map(points), in batches of kPointsPerTask as oneTBB tasks.
void transform_all_on_map(const PixelTransformer& transformer,
                          std::span<kernels::PixelPoint> points);

}  // namespace cogmill::crs
