// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/overview_detail.hpp"

namespace cogmill::kernels::overview {
namespace {

/// Copies every other pixel.
template <class P>
void take_even(const P* src, std::int64_t count, P* dst) {
  for (std::int64_t i = 0; i < count; ++i) dst[i] = src[2 * i];
}

/// @return the column of src for each column of dst
std::vector<std::int64_t> source_columns(const OverviewGeometry& g, std::int64_t width) {
  std::vector<std::int64_t> columns(static_cast<std::size_t>(width));
  for (std::int64_t i = 0; i < width; ++i)
    columns[static_cast<std::size_t>(i)] = nearest_source(columns_of(g), g.dst_col + i) - g.src_col;
  return columns;
}

}  // namespace

void reduce_nearest(const OverviewGeometry& g, ConstPlane src, Plane dst) {
  visit_pixel_size(size_bytes(src.type), [&](auto pixel) {
    using P = decltype(pixel);
    const auto in = src.as<P>();
    const auto out = dst.as<P>();
    const auto columns = source_columns(g, dst.width);
    const bool even = columns_of(g).halves();
    for (std::int64_t r = 0; r < dst.height; ++r) {
      const P* row = in.row(nearest_source(rows_of(g), g.dst_row + r) - g.src_row);
      P* result = out.row(r);
      if (even) {
        take_even(row + columns.front(), dst.width, result);
      } else {
        for (std::int64_t i = 0; i < dst.width; ++i)
          result[i] = row[columns[static_cast<std::size_t>(i)]];
      }
    }
  });
}

}  // namespace cogmill::kernels::overview
