// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

#include <cstdint>

namespace cogmill::kernels::cuda {

/// Some tiles of planes that hold a rectangle of them, from a tile's corner on; the planes may end
/// inside their last tiles. Tiles are numbered row by row.
struct TileRun {
  std::int64_t tile_width = 0, tile_height = 0;  ///< [px]
  std::int64_t across = 1;                       ///< tiles of a row
  std::int64_t first = 0, count = 0;             ///< which
};

/// The pixels of a tile that there are.
struct TileWindow {
  std::int64_t col = 0, row = 0;       ///< in the planes
  std::int64_t width = 0, height = 0;  ///< at most the tile's
};

/// @param tile its number   @param width, height of the planes
COGMILL_HD inline TileWindow window_of(const TileRun& run, std::int64_t tile, std::int64_t width,
                                       std::int64_t height) {
  const std::int64_t col = tile % run.across * run.tile_width;
  const std::int64_t row = tile / run.across * run.tile_height;
  const std::int64_t columns = width - col, rows = height - row;
  return {col, row, columns < run.tile_width ? columns : run.tile_width,
          rows < run.tile_height ? rows : run.tile_height};
}

}  // namespace cogmill::kernels::cuda
