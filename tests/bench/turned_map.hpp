// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// The map the warp benchmarks share: patches of a turn, no search and no transformer.
#pragma once

#include "kernels/warp/coordinate_map.hpp"

#include <cstdint>

namespace cogmill::kernels {

/// @param turn (col, row) of an output pixel → its PixelPoint in the source
template <class Turn>
CoordinateMap map_of(const Turn& turn, std::int64_t size, CoordinateMap::Anchor anchor) {
  CoordinateMap map;
  map.anchor = anchor;
  map.across = map.down = (size + CoordinateMap::kCell - 1) / CoordinateMap::kCell;
  constexpr double kSide = CoordinateMap::kCell;
  for (std::int64_t i = 0; i < map.across * map.down; ++i) {
    const double x = static_cast<double>(i % map.across) * kSide;
    const double y = static_cast<double>(i / map.across) * kSide;
    map.cells.push_back(
        {MapCell::Kind::kPatch,
         0,
         {turn(x, y), turn(x + kSide, y), turn(x, y + kSide), turn(x + kSide, y + kSide)}});
  }
  return map;
}

}  // namespace cogmill::kernels
