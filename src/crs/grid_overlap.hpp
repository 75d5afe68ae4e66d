// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/source_image.hpp"
#include "src/crs/target_grid.hpp"

namespace cogmill::crs {

/// Refuses a grid that the source does not reach: none of many output positions has a source pixel,
/// and the source's bounds in the output miss it too.
/// @throws report::RuntimeError with both places
void require_overlap(const SourceOptions& source, const SourceImage& image, const TargetGrid& grid);

}  // namespace cogmill::crs
