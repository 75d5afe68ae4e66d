// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/target_grid.hpp"

namespace cogmill::crs {

/// Refuses options that contradict one another or are out of range, before any file is opened.
/// @throws report::UsageError naming the options
void check_grid_options(const GridOptions& options);

/// Refuses sizes that no file can have, and huge ones unless they are allowed. Sizes are floating
/// point because they may come from a division by a tiny --resolution.
/// @throws report::UsageError with the size and what to do
void check_grid_size(double width, double height, const GridOptions& options);

}  // namespace cogmill::crs
