// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/target_grid.hpp"

#include <array>
#include <optional>

namespace cogmill::crs {

/// Where a source lies on the globe: west, south, east, north [degrees], for describe_operation.
/// @return nothing if GDAL cannot tell, or it is not on the Earth   @throws as choose_target_grid
std::optional<std::array<double, 4>> ground_area(const SourceOptions& source);

}  // namespace cogmill::crs
