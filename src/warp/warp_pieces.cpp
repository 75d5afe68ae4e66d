// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/warp_pieces.hpp"

#include "kernels/warp/source_axis.hpp"
#include "src/crs/turn.hpp"

#include <algorithm>
#include <cmath>

namespace cogmill::warp {
namespace {

using partition::Window;

constexpr std::int64_t kCell = kernels::CoordinateMap::kCell;

/// The pixel of a position; of one on the image's edge, or as good as on it, the image's.
double pixel_of(double position, double size) {
  const kernels::warp::SourceAxis axis = {size, 0, 0, size, false, size};
  const double pixel = std::floor(position);
  return kernels::warp::is_on_image(axis, position) ? std::clamp(pixel, 0.0, size - 1) : pixel;
}

/// Whole pixels of [low - margin, high + margin] within [least, most]. Positions may be as large as
/// doubles are.
kernels::PixelPoint clamped_range(double low, double high, std::int64_t margin, double least,
                                  double most, double size) {
  const auto reach = static_cast<double>(margin);
  return {std::clamp(pixel_of(low, size) - reach, least, most),
          std::clamp(pixel_of(high, size) + 1 + reach, least, most)};
}

Window source_window(const kernels::CoordinateMap& map, const SourceImage& source,
                     const kernels::WarpMargin& margin, const Window& out) {
  const auto extent = kernels::source_extent(map, out.col, out.row, out.width, out.height);
  if (extent.empty()) return {};
  const auto width = static_cast<double>(source.width);
  const auto height = static_cast<double>(source.height);
  // Cells of a periodic source reach at most one period beyond it.
  const double left = source.periodic ? -2 * width : 0;
  const double right = source.periodic ? 3 * width : width;
  const double turn = source.turn > 0 ? source.turn : width;
  const kernels::warp::SourceAxis axis = {width, 0, 0, width, source.periodic, turn};
  const auto cols =
      clamped_range(kernels::warp::without_gap(axis, extent.x_min),
                    kernels::warp::without_gap(axis, extent.x_max), margin.x, left, right, width);
  const auto rows = clamped_range(extent.y_min, extent.y_max, margin.y, 0, height, height);
  return partition::from_edges(static_cast<std::int64_t>(cols.x), static_cast<std::int64_t>(rows.x),
                               static_cast<std::int64_t>(cols.y),
                               static_cast<std::int64_t>(rows.y));
}

/// Where to cut a range: at a cell's border near the middle, if it has more than one cell.
std::int64_t middle(std::int64_t begin, std::int64_t end) {
  const std::int64_t half = begin + (end - begin) / 2;
  const std::int64_t below = half / kCell * kCell;
  if (below > begin) return below;
  return below + kCell < end ? below + kCell : half;
}

void cut(const kernels::CoordinateMap& map, const SourceImage& source,
         const kernels::WarpMargin& margin, const Window& out, std::int64_t most,
         std::vector<Piece>& pieces) {
  const Window needed = source_window(map, source, margin, out);
  if (needed.pixels() <= most || out.pixels() <= 1) {
    pieces.push_back({out, needed});
    return;
  }
  Window first = out;
  Window second = out;
  if (out.width >= out.height) {
    const std::int64_t col = middle(out.col, out.col_end());
    first = partition::from_edges(out.col, out.row, col, out.row_end());
    second = partition::from_edges(col, out.row, out.col_end(), out.row_end());
  } else {
    const std::int64_t row = middle(out.row, out.row_end());
    first = partition::from_edges(out.col, out.row, out.col_end(), row);
    second = partition::from_edges(out.col, row, out.col_end(), out.row_end());
  }
  cut(map, source, margin, first, most, pieces);
  cut(map, source, margin, second, most, pieces);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

}  // namespace

SourceImage image_of(std::int64_t width, std::int64_t height, const crs::PixelTransformer& from,
                     bool boxes) {
  const double turn = crs::period_of(from, boxes);
  if (!(turn > 0)) return {width, height};
  constexpr double kTolerance = 0.05;  // [px]: sizes of pixels are rounded
  const auto columns = std::min(width, static_cast<std::int64_t>(std::ceil(turn - kTolerance)));
  const auto whole = static_cast<double>(columns);
  return {columns, height, true, std::abs(turn - whole) < kTolerance ? whole : turn};
}

std::vector<Piece> cut_into_pieces(const kernels::CoordinateMap& map, const SourceImage& source,
                                   const kernels::WarpMargin& margin, const Window& output,
                                   std::int64_t most_source_pixels) {
  std::vector<Piece> pieces;
  cut(map, source, margin, output, most_source_pixels, pieces);
  return pieces;
}

std::vector<UnrolledPart> unroll(const Window& window, const SourceImage& source) {
  std::vector<UnrolledPart> parts;
  if (window.empty()) return parts;
  const std::int64_t last = floor_div(window.col_end() - 1, source.width);
  for (std::int64_t turn = floor_div(window.col, source.width); turn <= last; ++turn) {
    const std::int64_t begin = turn * source.width;
    const Window part = partition::intersect(window, {begin, 0, source.width, source.height});
    parts.push_back({part, partition::relative_to(part, begin, 0)});
  }
  return parts;
}

}  // namespace cogmill::warp
