// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/window.hpp"

#include <cstdint>

namespace cogmill::partition {

constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

struct LevelSize {
  std::int64_t width = 0;   ///< [px]
  std::int64_t height = 0;  ///< [px]
  friend constexpr bool operator==(const LevelSize&, const LevelSize&) = default;
};

/// A rectangle of tiles: columns [col, col_end), rows [row, row_end).
struct TileRange {
  std::int64_t col = 0, row = 0, col_end = 0, row_end = 0;

  constexpr bool empty() const { return col >= col_end || row >= row_end; }
  constexpr std::int64_t count() const { return empty() ? 0 : (col_end - col) * (row_end - row); }
  friend constexpr bool operator==(const TileRange&, const TileRange&) = default;
};

/// One raster level cut into square tiles; those of the last column and row may stick out of it.
///   index = row * across() + col
struct TileGrid {
  LevelSize level;
  std::int64_t tile = 512;  ///< side of a tile [px]

  constexpr std::int64_t across() const { return ceil_div(level.width, tile); }
  constexpr std::int64_t down() const { return ceil_div(level.height, tile); }
  constexpr std::int64_t count() const { return across() * down(); }
  constexpr std::int64_t index(std::int64_t col, std::int64_t row) const {
    return row * across() + col;
  }
  constexpr Window image() const { return {0, 0, level.width, level.height}; }
  /// The pixels of a tile that lie inside the level.
  constexpr Window tile_window(std::int64_t col, std::int64_t row) const {
    return intersect({col * tile, row * tile, tile, tile}, image());
  }
  /// The pixels of a range of tiles that lie inside the level.
  constexpr Window window(const TileRange& r) const {
    return intersect(from_edges(r.col * tile, r.row * tile, r.col_end * tile, r.row_end * tile),
                     image());
  }
  /// The tiles a window touches.
  constexpr TileRange tiles_of(const Window& w) const {
    if (w.empty()) return {};
    return {w.col / tile, w.row / tile, ceil_div(w.col_end(), tile), ceil_div(w.row_end(), tile)};
  }
  friend constexpr bool operator==(const TileGrid&, const TileGrid&) = default;
};

}  // namespace cogmill::partition
