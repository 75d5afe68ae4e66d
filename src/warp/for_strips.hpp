// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "kernels/tile_pack.hpp"
#include "partition/tile_grid.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cogmill::warp {

/// Runs `work(first, rows)` over strips of `most` rows with oneTBB tasks.
template <class F>
void for_strips(std::int64_t height, std::int64_t most, const F& work) {
  tbb::parallel_for(std::int64_t{0}, partition::ceil_div(height, most), [&](std::int64_t strip) {
    const std::int64_t first = strip * most;
    work(first, std::min(most, height - first));
  });
}

inline kernels::Plane rows_of(const kernels::Plane& plane, std::int64_t first, std::int64_t rows) {
  return plane.crop(0, first, plane.width, rows);
}

/// Sets every pixel with oneTBB tasks.   @param pixel as of kernels::fill
inline void fill_in_strips(const kernels::Plane& plane, const std::byte* pixel) {
  constexpr std::int64_t kRowsPerTask = 64;
  for_strips(plane.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    kernels::fill(rows_of(plane, first, rows), pixel);
  });
}

}  // namespace cogmill::warp
