// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/tile_grid.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace cogmill::partition {

/// Sizes of full resolution (first) and its overviews, halved with floor and never below 1, as
/// GDAL's COG driver: until both sides fit in one tile, or `count` overviews, or 1x1.
/// @pre full.width >= 1, full.height >= 1
inline std::vector<LevelSize> pyramid_levels(LevelSize full, std::int64_t tile,
                                             std::optional<int> count) {
  const auto half = [](std::int64_t n) { return std::max<std::int64_t>(1, n / 2); };
  std::vector<LevelSize> levels{full};
  while (true) {
    const LevelSize last = levels.back();
    const bool fits = last.width <= tile && last.height <= tile;
    const bool enough = count ? static_cast<std::int64_t>(levels.size()) > *count : fits;
    if (enough || last == LevelSize{1, 1}) return levels;
    levels.push_back({half(last.width), half(last.height)});
  }
}

}  // namespace cogmill::partition
