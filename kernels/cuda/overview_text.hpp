// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/overview_point.hpp"
#include "kernels/plane.hpp"

#include <cstdint>

/// One overview pixel each, from the source's pixels: what a thread of the device does. The same
/// sums in the same order as the loops over rows of kernels/overview_*.cpp. No CUDA in it: a test
/// runs it on the host.
namespace cogmill::kernels::cuda {

/// One block of one band, bound to its type.
template <class T>
struct OverviewJob {
  OverviewGeometry g;
  PlaneView<const T> src;
  PlaneView<T> dst;
  PlaneView<const std::uint8_t> mask;  ///< no data: none
  overview::Hole<T> hole = {};

  COGMILL_HD overview::Axis columns() const { return {g.src_width, g.dst_width}; }
  COGMILL_HD overview::Axis rows() const { return {g.src_height, g.dst_height}; }
  /// @return false if every pixel is valid whatever its value
  COGMILL_HD bool active() const { return hole.present || mask.data != nullptr; }
  /// @param col, row of src
  COGMILL_HD bool is_valid(std::int64_t col, std::int64_t row) const {
    if (mask.data != nullptr && mask.row(row)[col] == 0) return false;
    return !hole.present || !hole.test(src.row(row)[col]);
  }
};

/// kNearest, of pixels of any type moved as P.
template <class P>
struct NearestPixel {
  OverviewGeometry g;
  PlaneView<const P> src;
  PlaneView<P> dst;

  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const auto x = overview::nearest_source({g.src_width, g.dst_width}, g.dst_col + col);
    const auto y = overview::nearest_source({g.src_height, g.dst_height}, g.dst_row + row);
    dst.row(row)[col] = src.row(y - g.src_row)[x - g.src_col];
  }
};

/// kAverage where both axes halve and every pixel is valid.
template <class T>
struct AverageSquare {
  OverviewJob<T> job;
  std::int64_t by_columns;  ///< columns_by_pairs

  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const OverviewGeometry& g = job.g;
    const T* a = job.src.row(2 * (g.dst_row + row) - g.src_row) + 2 * (g.dst_col + col) - g.src_col;
    const T* b = a + job.src.stride;
    T& pixel = job.dst.row(row)[col];
    if constexpr (overview::kSmallUnsigned<T>)
      pixel = overview::mean_of_square(a, b);
    else
      pixel = col < by_columns ? overview::mean_of_quarters<T, true>(a, b)
                               : overview::mean_of_quarters<T, false>(a, b);
  }
};

/// kAverage of small unsigned integers where both axes halve and pixels may be invalid.
template <class T>
struct AverageValidSquare {
  OverviewJob<T> job;

  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const OverviewGeometry& g = job.g;
    const std::int64_t y = 2 * (g.dst_row + row) - g.src_row;
    const std::int64_t x = 2 * (g.dst_col + col) - g.src_col;
    const T* a = job.src.row(y) + x;
    const std::uint8_t ok_a[2] = {job.is_valid(x, y), job.is_valid(x + 1, y)};
    const std::uint8_t ok_b[2] = {job.is_valid(x, y + 1), job.is_valid(x + 1, y + 1)};
    const T other = job.hole.present ? job.hole.other : job.hole.value;
    job.dst.row(row)[col] =
        overview::mean_of_valid_square(a, a + job.src.stride, ok_a, ok_b, job.hole.value, other);
  }
};

/// kAverage of any sizes and validity.
template <class T>
struct AverageWeighted {
  OverviewJob<T> job;

  struct Sum {
    double value = 0, weight = 0;
  };

  COGMILL_HD Sum valid_line(const overview::Footprint& f, std::int64_t row) const {
    Sum line;
    for (std::int64_t x = f.begin; x < f.end; ++x) {
      const std::int64_t col = x - job.g.src_col;
      if (!job.is_valid(col, row)) continue;
      const double w = f.weight_of(x);
      line.value += static_cast<double>(job.src.row(row)[col]) * w;
      line.weight += w;
    }
    return line;
  }
  COGMILL_HD double line(const overview::Footprint& f, std::int64_t row) const {
    const T* p = job.src.row(row) + f.begin - job.g.src_col;
    const std::int64_t n = f.count();
    double sum = static_cast<double>(p[0]) * f.first;
    for (std::int64_t k = 1; k + 1 < n; ++k) sum += static_cast<double>(p[k]);
    if (n > 1) sum += static_cast<double>(p[n - 1]) * f.last;
    return sum;
  }
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const overview::Footprint across = overview::footprint(job.columns(), job.g.dst_col + col);
    const overview::Footprint down = overview::footprint(job.rows(), job.g.dst_row + row);
    Sum sum;
    for (std::int64_t y = down.begin; y < down.end; ++y) {
      if (job.active()) {
        const Sum one = valid_line(across, y - job.g.src_row);
        sum.value += one.value * down.weight_of(y);
        sum.weight += one.weight * down.weight_of(y);
      } else {
        sum.value += line(across, y - job.g.src_row) * down.weight_of(y);
      }
    }
    if (!job.active()) sum.weight = across.total() * down.total();
    job.dst.row(row)[col] = overview::mean_pixel(sum.value, sum.weight, job.hole);
  }
};

/// kMode: the value of which as many as of no other stand first in reading order. Counts again for
/// every pixel, which for the four to nine there are is less than keeping a list.
template <class T>
struct ModePixel {
  OverviewJob<T> job;

  struct Box {
    std::int64_t col, row, width, height;  ///< in src
  };
  COGMILL_HD bool counts(std::int64_t col, std::int64_t row) const {
    return !job.active() || job.is_valid(col, row);
  }
  /// How often the value at place `last` of the box stands there up to it.
  /// @param first receives where it stands first
  COGMILL_HD int votes(const Box& box, std::int64_t last, T& first) const {
    const T value = job.src.row(box.row + last / box.width)[box.col + last % box.width];
    int n = 0;
    for (std::int64_t i = last; i >= 0; --i) {
      const std::int64_t col = box.col + i % box.width, row = box.row + i / box.width;
      const T candidate = job.src.row(row)[col];
      if (!same_value(candidate, value) || !counts(col, row)) continue;
      first = candidate;
      ++n;
    }
    return n;
  }
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const auto across = overview::footprint(job.columns(), job.g.dst_col + col);
    const auto down = overview::footprint(job.rows(), job.g.dst_row + row);
    const Box box = {across.begin - job.g.src_col, down.begin - job.g.src_row, across.count(),
                     down.count()};
    int most = 0;
    T winner = job.hole.value;
    for (std::int64_t i = 0; i < box.width * box.height; ++i) {
      if (!counts(box.col + i % box.width, box.row + i / box.width)) continue;
      T first{};
      const int n = votes(box, i, first);
      if (n <= most) continue;
      most = n;
      winner = first;
    }
    job.dst.row(row)[col] = winner;
  }
};

/// What leave_out_nan() of the host does: `pixel` makes those results again that are NaN.
template <class T, class Pixel>
struct AgainWhereNan {
  Pixel pixel;
  PlaneView<T> dst;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    if (const T made = dst.row(row)[col]; made != made) pixel(col, row);
  }
};

/// Makes every pixel that is not 0 into 255.
struct Binarize {
  PlaneView<std::uint8_t> mask;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    std::uint8_t& pixel = mask.row(row)[col];
    pixel = static_cast<std::uint8_t>(pixel != 0 ? 255 : 0);
  }
};

}  // namespace cogmill::kernels::cuda
