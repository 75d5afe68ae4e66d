// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/warp_pieces.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <vector>

namespace cogmill::warp {
namespace {

using kernels::CoordinateMap;
using kernels::MapCell;
using kernels::PixelPoint;
using partition::Window;

/// A map of `across` x `down` patches that takes output (x, y) to source (a x + b, c y + d).
CoordinateMap linear_map(std::int64_t across, std::int64_t down, double a, double b, double c,
                         double d) {
  CoordinateMap map;
  map.across = across;
  map.down = down;
  for (std::int64_t row = 0; row < down; ++row)
    for (std::int64_t col = 0; col < across; ++col) {
      const auto at = [&](std::int64_t x, std::int64_t y) {
        return PixelPoint{a * static_cast<double>(x * CoordinateMap::kCell) + b,
                          c * static_cast<double>(y * CoordinateMap::kCell) + d};
      };
      map.cells.push_back(
          {MapCell::Kind::kPatch,
           0,
           {at(col, row), at(col + 1, row), at(col, row + 1), at(col + 1, row + 1)}});
    }
  return map;
}

/// Every output pixel lies in one piece.
void expect_partition(const std::vector<Piece>& pieces, const Window& window) {
  std::vector<int> seen(static_cast<std::size_t>(window.pixels()), 0);
  for (const Piece& piece : pieces) {
    ASSERT_TRUE(window.contains(piece.output));
    for (std::int64_t row = piece.output.row; row < piece.output.row_end(); ++row)
      for (std::int64_t col = piece.output.col; col < piece.output.col_end(); ++col)
        ++seen[static_cast<std::size_t>((row - window.row) * window.width + col - window.col)];
  }
  for (const int count : seen) ASSERT_EQ(count, 1);
}

TEST(WarpPieces, OnePieceWhereItFits) {
  const auto map = linear_map(2, 2, 1, 0, 1, 0);
  const Window window{3, 5, 100, 90};
  const auto pieces = cut_into_pieces(map, {128, 128, false}, {2, 2}, window, 20000);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].output, window);
  EXPECT_EQ(pieces[0].source, partition::from_edges(1, 3, 105, 97));
}

TEST(WarpPieces, CutsAtCellBordersUntilEveryPieceFits) {
  const auto map = linear_map(4, 3, 2, 0, 2, 0);
  const Window window{0, 0, 200, 190};
  for (const std::int64_t most : {50000, 20000, 5000, 300, 40}) {
    const auto pieces = cut_into_pieces(map, {1000, 1000, false}, {1, 1}, window, most);
    expect_partition(pieces, window);
    for (const Piece& piece : pieces) {
      EXPECT_TRUE(piece.source.pixels() <= most || piece.output.pixels() == 1);
      EXPECT_TRUE((Window{0, 0, 1000, 1000}).contains(piece.source));
      EXPECT_TRUE(piece.source.contains(partition::intersect(
          partition::from_edges(2 * piece.output.col, 2 * piece.output.row,
                                2 * piece.output.col_end(), 2 * piece.output.row_end()),
          {0, 0, 1000, 1000})));
    }
    for (const Piece& piece : pieces) {
      if (most < 20000) continue;  // smaller pieces than cells
      EXPECT_TRUE(piece.output.col % 64 == 0 && piece.output.row % 64 == 0);
    }
  }
}

TEST(WarpPieces, NothingIsReadBeyondTheSource) {
  const auto map = linear_map(1, 1, 1, 500, 1, 0);
  const auto pieces = cut_into_pieces(map, {100, 100, false}, {1, 1}, {0, 0, 64, 64}, 1000);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_TRUE(pieces[0].source.empty());
}

TEST(WarpPieces, TheEdgeIsReadWithThePixelBesideIt) {
  for (const double beside : {0.0, 1e-12, -1e-12, 1e-9, -1e-9}) {
    const auto far = cut_into_pieces(linear_map(1, 1, 0, 70 + beside, 0, 5), {70, 10, false},
                                     {0, 0}, {0, 0, 9, 9}, 1000);
    EXPECT_EQ(far[0].source, (Window{69, 5, 1, 1})) << beside;
    const auto near = cut_into_pieces(linear_map(1, 1, 0, 3, 0, beside), {70, 10, false}, {0, 0},
                                      {0, 0, 9, 9}, 1000);
    EXPECT_EQ(near[0].source, (Window{3, 0, 1, 1})) << beside;
  }
}

TEST(WarpPieces, AbsurdPositionsAreNoTrouble) {
  for (const double far : {1e300, -1e300, 9.3e18}) {
    const auto map = linear_map(1, 1, far, far, far, -far);
    for (const bool periodic : {false, true})
      for (const Piece& piece :
           cut_into_pieces(map, {100, 50, periodic}, {3, 3}, {0, 0, 3, 3}, 100))
        EXPECT_LE(piece.source.width, 500);
  }
  auto nowhere = linear_map(1, 1, 1, 0, 1, 0);
  nowhere.cells[0].kind = MapCell::Kind::kNowhere;
  const auto pieces = cut_into_pieces(nowhere, {100, 50, false}, {3, 3}, {0, 0, 64, 64}, 10);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_TRUE(pieces[0].source.empty());
}

TEST(WarpPieces, UnrollsAGlobe) {
  const SourceImage globe{360, 180, true};
  const auto map = linear_map(1, 1, 1, -10, 1, 0);
  const auto pieces = cut_into_pieces(map, globe, {2, 2}, {0, 0, 20, 20}, 10000);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].source.col, -12);
  const auto parts = unroll(pieces[0].source, globe);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].source.col, 348);
  EXPECT_EQ(parts[0].source.col_end(), 360);
  EXPECT_EQ(parts[1].source.col, 0);
  EXPECT_EQ(parts[0].source.width + parts[1].source.width, pieces[0].source.width);
  EXPECT_EQ(parts[0].unrolled.col_end(), parts[1].unrolled.col);
}

TEST(WarpPieces, UnrollCoversEveryTurn) {
  const SourceImage globe{10, 4, true};
  const auto parts = unroll({-25, 1, 47, 2}, globe);
  std::int64_t col = -25;
  for (const UnrolledPart& part : parts) {
    EXPECT_EQ(part.unrolled.col, col);
    EXPECT_EQ((part.unrolled.col - part.source.col) % 10, 0);
    EXPECT_TRUE((Window{0, 0, 10, 4}).contains(part.source));
    col = part.unrolled.col_end();
  }
  EXPECT_EQ(col, 22);
  EXPECT_TRUE(unroll({}, globe).empty());
}

}  // namespace
}  // namespace cogmill::warp
