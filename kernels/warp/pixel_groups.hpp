// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/pixel_job.hpp"
#include "kernels/warp/warp_job.hpp"

#include <span>
#include <vector>

namespace cogmill::kernels::warp {

/// A job pixel by pixel.
struct PixelGroup {
  PixelJob job;
  DataType source;  ///< of its bands; their targets are of one type too
};

/// @return whether pixel_*.hpp has the method for pixels of these types: complex ones are only
/// moved, and there is an end to masks for CentreRule::kAnyBand
/// @param masks different ones
bool has_pixel_functor(const WarpKernel& kernel, std::span<const DataType> types,
                       std::size_t masks);

/// Cuts the bands of a job into groups of one pair of types and at most kMostPixelBands.
/// @param map where the functors are going to read it: job.map is not looked at
/// @throws std::invalid_argument where has_pixel_functor says no
std::vector<PixelGroup> pixel_groups(const Job& job, const MapView& map);

}  // namespace cogmill::kernels::warp
