// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/target_grid.hpp"
#include "src/io/source_list.hpp"
#include "src/job/job.hpp"
#include "src/plan/operation.hpp"

#include <string>
#include <vector>

namespace cogmill::pipeline {

/// What lists say of the mosaic and it has not become, one line for each list, with the options
/// that would do it. What the command line decides is not spoken of. Local.
/// @throws report::UsageError if a list names a CRS that PROJ does not know
std::vector<std::string> unmet_wishes(const job::Job& job,
                                      const std::vector<io::MosaicWish>& wishes,
                                      const crs::TargetGrid& grid, const plan::OutputImage& image);

}  // namespace cogmill::pipeline
