// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Boxes and quadrilaterals on a globe whose columns leave a part of the turn out.
#include "kernels/warp/box_axis.hpp"
#include "kernels/warp/quad_cover.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

using namespace cogmill::kernels::warp;

namespace {

/// 8 columns of a turn, unrolled from 4 columns before the first to 4 after the last.
BoxAxis globe(double turn) { return {{8, -4, 0, 16, true, turn}, 2}; }

/// Weights by column of the image; nothing for columns that the box does not cover.
std::map<int, double> box(double turn, double a, double b) {
  const BoxPlace place = place_box(globe(turn), a, b);
  const BoxWeights weights(place);
  std::map<int, double> columns;
  for (std::int64_t i = 0; i < place.count; ++i)
    columns[static_cast<int>((place.first + i + 4) % 8)] += weights[i];
  return columns;
}

/// Parts of the samples under an upright rectangle one row high.
std::map<int, double> rectangle(double turn, double a, double b) {
  std::map<int, double> columns;
  const BoxAxis across = globe(turn), down = {{1, 0, 0, 1, false, 1}, 2};
  for (int part = 0; part < quad_parts(across); ++part) {
    Quad quad = {{a, b, b, a}, {0, 0, 1, 1}};
    const QuadPlace place = place_quad(across, down, part, quad);
    if (place.row_begin == place.row_end) continue;
    std::vector<double> cover(static_cast<std::size_t>(place.columns() + 1));
    cover_row(quad, place, 0, cover.data());
    const double first = block_index(across.source, place.col_begin);
    for (std::int64_t k = 0; k < place.columns(); ++k) {
      const double col = column_of(across.source, place, first, k);
      const double share = cover[static_cast<std::size_t>(k)];
      if (col >= 0 && share > 0) columns[static_cast<int>(col + 4) % 8] += share;
    }
  }
  return columns;
}

void expect_columns(const std::map<int, double>& got, const std::map<int, double>& wanted) {
  ASSERT_EQ(got.size(), wanted.size());
  for (const auto& [column, weight] : wanted) {
    ASSERT_TRUE(got.contains(column)) << column;
    EXPECT_NEAR(got.at(column), weight, 1e-12) << column;
  }
}

}  // namespace

TEST(WarpGap, IsCutOutOfPositions) {
  const SourceAxis axis = globe(9.5).source;
  EXPECT_EQ(without_gap(axis, 3.25), 3.25);
  EXPECT_EQ(without_gap(axis, 8.7), 8);
  EXPECT_EQ(without_gap(axis, 9.5), 8);
  EXPECT_EQ(without_gap(axis, 10), 8.5);
  EXPECT_EQ(without_gap(axis, -0.5), 0);
  EXPECT_EQ(without_gap(axis, -2), -0.5);
  EXPECT_EQ(without_gap(globe(8).source, -2.25), -2.25);
}

TEST(WarpGap, IsNoPartOfABox) {
  expect_columns(box(9.5, 6.25, 11), {{6, 0.75}, {7, 1}, {0, 1}, {1, 0.5}});
  expect_columns(box(9.5, 11, 6.25), {{6, 0.75}, {7, 1}, {0, 1}, {1, 0.5}});
  expect_columns(box(9.5, -3.25, 1.5), {{6, 0.75}, {7, 1}, {0, 1}, {1, 0.5}});
  expect_columns(box(9.5, 7.5, 9), {{7, 1}});  // GDAL's weight of a single sample
  expect_columns(box(9.5, 8.5, 11), {{0, 1}, {1, 0.5}});
  expect_columns(box(9.5, 8.25, 9.25), {});
  expect_columns(box(9.5, -1, -0.25), {});
  expect_columns(box(9.5, 8, 9.5), {});
  expect_columns(box(8.06, 7, 9.06), {{7, 1}, {0, 1}});
  expect_columns(box(8, 7.5, 9), {{7, 0.5}, {0, 1}});
}

TEST(WarpGap, IsNoPartOfARectangle) {
  expect_columns(rectangle(9.5, 6.25, 11), {{6, 0.75}, {7, 1}, {0, 1}, {1, 0.5}});
  expect_columns(rectangle(9.5, -3.25, 1.5), {{6, 0.75}, {7, 1}, {0, 1}, {1, 0.5}});
  expect_columns(rectangle(9.5, 7.5, 9), {{7, 0.5}});
  expect_columns(rectangle(9.5, 8.25, 9.25), {});
  expect_columns(rectangle(9.5, 9, 10.25), {{0, 0.75}});
  expect_columns(rectangle(8, 7.5, 9), {{7, 0.5}, {0, 1}});
}
