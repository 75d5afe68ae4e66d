// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"

#include <string>
#include <vector>

namespace cogmill::plan {

/// @throws report::RuntimeError if an input is not on the grid of the first: another size, another
/// CRS, or pixels that lie elsewhere by more than a thousandth of their size. Without an EPSG code
/// a CRS is another one if it has these pixels elsewhere.
void require_same_grid(const job::Job& job, const std::vector<io::SceneInfo>& scenes);

/// What has to be taken on trust, one line each: inputs without a geotransform or a CRS beside
/// others that have them.
std::vector<std::string> unproven_grids(const job::Job& job,
                                        const std::vector<io::SceneInfo>& scenes);

}  // namespace cogmill::plan
