// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/warp_image.hpp"

#include <array>
#include <optional>

namespace cogmill::testing {

/// The value of an output pixel before it is rounded, written from the formulas in double, sample
/// by sample. The centre rule is CentreRule::kBand. @return nothing where there is no pixel
std::optional<double> oracle_point(const kernels::WarpKernel& kernel, const WarpImage& image,
                                   kernels::PixelPoint at, bool periodic = false);
std::optional<double> oracle_box(const kernels::WarpKernel& kernel, const WarpImage& image,
                                 kernels::PixelPoint from, kernels::PixelPoint to);
/// The samples under a quadrilateral, each by the part of it that is covered.
/// @param corners in the order of a walk round it
std::optional<double> oracle_sum(const WarpImage& image,
                                 const std::array<kernels::PixelPoint, 4>& corners);

/// @return the value as a pixel of that type: rounded and saturated
double oracle_round(kernels::DataType type, double value);

}  // namespace cogmill::testing
