// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace cogmill::crs {

/// What heights are told in on both sides.
struct VerticalChange {
  std::string from, to;  ///< "EGM96 height"
};

/// Nothing where one side has no heights, or both have the same. Pixels keep their values: whoever
/// reads them has to be told.   @param source_wkt, target_wkt as proj_create takes them
std::optional<VerticalChange> vertical_change(const std::string& source_wkt,
                                              const std::string& target_wkt);

}  // namespace cogmill::crs
