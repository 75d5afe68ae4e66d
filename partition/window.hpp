// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace cogmill::partition {

/// A rectangle of pixels of one raster level: columns [col, col + width), rows [row, row + height).
struct Window {
  std::int64_t col = 0;
  std::int64_t row = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;

  constexpr std::int64_t col_end() const { return col + width; }
  constexpr std::int64_t row_end() const { return row + height; }
  constexpr bool empty() const { return width <= 0 || height <= 0; }
  constexpr std::int64_t pixels() const { return empty() ? 0 : width * height; }
  constexpr bool contains(const Window& w) const {
    return w.col >= col && w.row >= row && w.col_end() <= col_end() && w.row_end() <= row_end();
  }
  friend constexpr bool operator==(const Window&, const Window&) = default;
};

constexpr Window from_edges(std::int64_t col, std::int64_t row, std::int64_t col_end,
                            std::int64_t row_end) {
  return {col, row, std::max<std::int64_t>(0, col_end - col),
          std::max<std::int64_t>(0, row_end - row)};
}

/// @return the common part; width or height is 0 where there is none
constexpr Window intersect(const Window& a, const Window& b) {
  return from_edges(std::max(a.col, b.col), std::max(a.row, b.row),
                    std::min(a.col_end(), b.col_end()), std::min(a.row_end(), b.row_end()));
}

/// @return the smallest window that holds both; an empty one does not count
constexpr Window bounding(const Window& a, const Window& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return from_edges(std::min(a.col, b.col), std::min(a.row, b.row),
                    std::max(a.col_end(), b.col_end()), std::max(a.row_end(), b.row_end()));
}

/// @return the window as seen from a raster that begins at (col, row)
constexpr Window relative_to(const Window& w, std::int64_t col, std::int64_t row) {
  return {w.col - col, w.row - row, w.width, w.height};
}

}  // namespace cogmill::partition
