// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/coordinate_map.hpp"
#include "tests/unit/warp_image.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace cogmill::kernels;
using namespace cogmill::testing;

namespace {

using Anchor = CoordinateMap::Anchor;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
const Affine kTurned = {3, 0.75, 0.25, -2, -0.25, 1.5};  // exact in binary

struct Row {
  explicit Row(std::size_t n) : x(n), y(n), x1(n), y1(n) {}
  std::vector<double> x, y, x1, y1;
};

Row positions(const CoordinateMap& map, std::int64_t col, std::int64_t row, std::size_t n) {
  Row r(n);
  row_positions(map, col, row, r.x, r.y);
  return r;
}

Row boxes(const CoordinateMap& map, std::int64_t col, std::int64_t row, std::size_t n) {
  Row r(n);
  row_boxes(map, col, row, r.x, r.y, r.x1, r.y1);
  return r;
}

/// One base cell that is split: a patch, exact positions, nothing, and a split again.
CoordinateMap mixed_map(Anchor anchor) {
  CoordinateMap map;
  map.anchor = anchor;
  map.across = map.down = 1;
  const auto corners = [](double x, double y, double side) {
    return std::array<PixelPoint, 4>{kTurned(x, y), kTurned(x + side, y), kTurned(x, y + side),
                                     kTurned(x + side, y + side)};
  };
  map.cells = {{MapCell::Kind::kSplit, 1, {}},
               {MapCell::Kind::kPatch, 0, corners(0, 0, 32)},
               {MapCell::Kind::kExact, 0, {}},
               {MapCell::Kind::kNowhere, 0, {}},
               {MapCell::Kind::kSplit, 5, {}}};
  for (int k = 0; k < 4; ++k)
    map.cells.push_back(
        {MapCell::Kind::kPatch, 0, corners(32 + 16 * (k % 2), 32 + 16 * (k / 2), 16)});
  const int n = anchor == Anchor::kCorners ? 33 : 32;
  const double inset = anchor == Anchor::kCorners ? 0 : 0.5;
  for (int i = 0; i < n * n; ++i) map.points.push_back(kTurned(32 + i % n + inset, i / n + inset));
  return map;
}

bool nowhere(std::int64_t col, std::int64_t row) { return col < 32 && row >= 32; }

}  // namespace

TEST(CoordinateMap, Centres) {
  const CoordinateMap map = mixed_map(Anchor::kCentres);
  for (std::int64_t row = 0; row < 64; ++row) {
    const Row r = positions(map, 0, row, 64);
    for (std::int64_t col = 0; col < 64; ++col) {
      const auto i = static_cast<std::size_t>(col);
      const PixelPoint p = kTurned(static_cast<double>(col) + 0.5, static_cast<double>(row) + 0.5);
      if (nowhere(col, row)) {
        EXPECT_TRUE(std::isnan(r.x[i]) && std::isnan(r.y[i]));
      } else {
        EXPECT_EQ(r.x[i], p.x) << col << ' ' << row;
        EXPECT_EQ(r.y[i], p.y) << col << ' ' << row;
      }
    }
  }
}

TEST(CoordinateMap, Corners) {
  const CoordinateMap map = mixed_map(Anchor::kCorners);
  for (std::int64_t row = 0; row < 64; ++row) {
    const Row r = boxes(map, 0, row, 64);
    for (std::int64_t col = 0; col < 64; ++col) {
      if (nowhere(col, row)) continue;
      const auto i = static_cast<std::size_t>(col);
      const auto x = static_cast<double>(col), y = static_cast<double>(row);
      EXPECT_EQ(r.x[i], kTurned(x, y).x) << col << ' ' << row;
      EXPECT_EQ(r.y[i], kTurned(x, y).y);
      EXPECT_EQ(r.x1[i], kTurned(x + 1, y + 1).x) << col << ' ' << row;
      EXPECT_EQ(r.y1[i], kTurned(x + 1, y + 1).y);
    }
  }
}

TEST(CoordinateMap, PartOfARowIsThatPart) {
  const auto bent = [](double c, double r) {
    return PixelPoint{std::sin(c / 50) * 100 + r / 3, std::cos(r / 70) * 90 + c / 7};
  };
  for (const auto anchor : {Anchor::kCentres, Anchor::kCorners}) {
    CoordinateMap map = patch_map(bent, anchor, 200, 130);
    map.cell_col = 2;  // as if cut out of a larger one
    map.cell_row = 1;
    for (const std::int64_t row : {64, 100, 193}) {
      const Row whole =
          anchor == Anchor::kCentres ? positions(map, 128, row, 200) : boxes(map, 128, row, 200);
      for (const std::int64_t col : {128, 129, 191, 192, 300, 327}) {
        const auto n = static_cast<std::size_t>(std::min<std::int64_t>(328 - col, 70));
        const Row part =
            anchor == Anchor::kCentres ? positions(map, col, row, n) : boxes(map, col, row, n);
        for (std::size_t i = 0; i < n; ++i) {
          const auto k = static_cast<std::size_t>(col - 128) + i;
          EXPECT_EQ(part.x[i], whole.x[k]);
          EXPECT_EQ(part.y[i], whole.y[k]);
          EXPECT_EQ(part.x1[i], whole.x1[k]);
        }
      }
    }
  }
}

TEST(CoordinateMap, ExtentHoldsAllPositions) {
  for (const auto anchor : {Anchor::kCentres, Anchor::kCorners}) {
    const CoordinateMap map = mixed_map(anchor);
    for (const std::int64_t col : {0, 5, 31, 40, 63})
      for (const std::int64_t row : {0, 3, 31, 47, 63})
        for (const std::int64_t size : {1, 7, 64}) {
          const std::int64_t w = std::min(size, 64 - col), h = std::min(size, 64 - row);
          SourceExtent seen = {1e9, 1e9, -1e9, -1e9};
          for (std::int64_t r = row; r < row + h; ++r) {
            const auto n = static_cast<std::size_t>(w);
            const Row at =
                anchor == Anchor::kCentres ? positions(map, col, r, n) : boxes(map, col, r, n);
            for (const auto* x : {&at.x, &at.x1})
              for (const double v : *x) {
                if (anchor == Anchor::kCentres && x == &at.x1) continue;
                seen.x_min = std::fmin(seen.x_min, v);
                seen.x_max = std::fmax(seen.x_max, v);
              }
          }
          const SourceExtent extent = source_extent(map, col, row, w, h);
          if (seen.x_min > seen.x_max) {
            EXPECT_TRUE(extent.empty());
            continue;
          }
          EXPECT_LE(extent.x_min, seen.x_min);
          EXPECT_GE(extent.x_max, seen.x_max);
          if (anchor == Anchor::kCentres) {
            EXPECT_DOUBLE_EQ(extent.x_min, seen.x_min);
            EXPECT_DOUBLE_EQ(extent.x_max, seen.x_max);
          }
        }
  }
}

TEST(CoordinateMap, NaNIsLeftOutOfTheExtent) {
  CoordinateMap map = mixed_map(Anchor::kCentres);
  map.points[0] = {kNaN, kNaN};
  const SourceExtent extent = source_extent(map, 32, 0, 2, 1);
  EXPECT_EQ(extent.x_min, extent.x_max);
  EXPECT_EQ(extent.x_min, kTurned(33.5, 0.5).x);
  EXPECT_TRUE(source_extent(map, 32, 0, 1, 1).empty());
}
