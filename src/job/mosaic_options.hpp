// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/merge_layers.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::job {

using MosaicMethod = kernels::MergeMethod;  ///< where sources overlap

/// The output's resolution, of those that the sources have in its CRS. As gdalbuildvrt.
enum class ResolutionRule : std::uint8_t { kHighest, kLowest, kAverage };

/// What mosaic has beyond a warp.
struct MosaicOptions {
  std::vector<std::string> lists;  ///< --input-file-list: text files of sources, before the inputs
  std::string asset;               ///< --asset of STAC items; empty: the first GeoTIFF of each
  MosaicMethod method = MosaicMethod::kLast;
  ResolutionRule resolution = ResolutionRule::kHighest;
};

}  // namespace cogmill::job
