// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/overview_text.hpp"

#include <cstdint>

/// kBilinear and kCubic: a pixel of a filtered row, and a pixel from those below each other. No
/// CUDA in it: a test runs it on the host.
namespace cogmill::kernels::cuda {

/// The taps of destination pixels in a row, computed once; weight k of pixel i stands at
/// k * size + i.
struct TapTable {
  std::int64_t size = 0;          ///< pixels
  std::int64_t most = 0;          ///< taps of a pixel, at most
  std::int64_t* begin = nullptr;  ///< first source pixel, in the whole level
  std::int64_t* count = nullptr;
  double* raw = nullptr;
  double* unit = nullptr;  ///< scaled to a sum of 1

  static std::int64_t bytes(std::int64_t size, std::int64_t most) {
    return size * (2 + 2 * most) * 8;
  }
  /// @param memory bytes(size, most), aligned to 8
  TapTable(std::int64_t pixels, std::int64_t taps, std::byte* memory)
      : size(pixels), most(taps), begin(reinterpret_cast<std::int64_t*>(memory)) {
    count = begin + size;
    raw = reinterpret_cast<double*>(count + size);
    unit = raw + size * most;
  }
};

/// No pixel of the axis has more taps.
inline std::int64_t most_taps(bool cubic, const overview::Axis& axis) {
  return static_cast<std::int64_t>(2 * (cubic ? 2 : 1) * axis.ratio()) + 2;
}

/// Fills one pixel's entries.   @param dst position of the table's first pixel in its level
COGMILL_HD inline void fill_taps(bool cubic, const overview::Axis& axis, std::int64_t dst,
                                 const TapTable& table, std::int64_t i) {
  const Range range = overview::support(axis, cubic ? 2 : 1, dst + i);
  const std::int64_t n = range.end - range.begin;
  table.begin[i] = range.begin;
  table.count[i] = n;
  double sum = 0;
  for (std::int64_t k = 0; k < n; ++k) {
    const double w = overview::raw_weight(cubic, axis, dst + i, range.begin + k);
    table.raw[k * table.size + i] = w;
    sum += w;
  }
  const double inverse = sum != 0 ? 1.0 / sum : 1.0;
  for (std::int64_t k = 0; k < n; ++k)
    table.unit[k * table.size + i] = table.raw[k * table.size + i] * inverse;
}

template <class T>
struct Convolution {
  OverviewJob<T> job;
  TapTable columns, rows;
  bool cubic;

  struct Filtered {
    double value;
    bool ok;
  };

  /// GDAL's order of a sum of products: two sums, fed by two taps each in turn.
  struct Dot {
    double a = 0, b = 0;
    COGMILL_HD void add(std::int64_t k, std::int64_t n, double product) {
      if (k < n / 4 * 4 && k % 4 >= 2)
        b += product;
      else
        a += product;
    }
  };

  /// The horizontal pass for one pixel.   @param i column of dst   @param row of src
  COGMILL_HD Filtered filter(std::int64_t i, std::int64_t row) const {
    const std::int64_t n = columns.count[i], col = columns.begin[i] - job.g.src_col;
    return job.active() ? filter_valid(i, row, col, n) : filter_all(i, row, col, n);
  }
  /// The vertical pass.   @param j row of dst   @param at(y): Filtered, y a row of src
  template <class At>
  COGMILL_HD T combine(std::int64_t j, const At& at) const {
    const std::int64_t n = rows.count[j], row = rows.begin[j] - job.g.src_row;
    double unit = 0, sum = 0, weight = 0;
    overview::LongestRun run;
    bool all = true;
    for (std::int64_t k = 0; k < n; ++k) {
      const Filtered f = at(row + k);
      unit += f.value * rows.unit[k * rows.size + j];
      if (!job.active()) continue;
      const double raw = rows.raw[k * rows.size + j];
      all = all && f.ok;
      run.add(f.ok);
      sum += f.ok ? f.value * raw : 0.0;
      weight += f.ok ? raw : 0.0;
    }
    const bool ok = all || (weight > 0 && (!cubic || run.enough(n)));
    return overview::filtered_pixel(all ? unit : sum / weight, ok, job.hole);
  }

 private:
  COGMILL_HD Filtered filter_all(std::int64_t i, std::int64_t row, std::int64_t col,
                                 std::int64_t n) const {
    const T* pixels = job.src.row(row) + col;
    Dot dot;
    for (std::int64_t k = 0; k < n; ++k)
      dot.add(k, n, static_cast<double>(pixels[k]) * columns.unit[k * columns.size + i]);
    return {dot.a + dot.b, true};
  }
  COGMILL_HD Filtered filter_valid(std::int64_t i, std::int64_t row, std::int64_t col,
                                   std::int64_t n) const {
    const T* pixels = job.src.row(row) + col;
    Dot dot;
    double sum = 0, weight = 0;
    overview::LongestRun run;
    bool all = true;
    for (std::int64_t k = 0; k < n; ++k) {
      const bool ok = job.is_valid(col + k, row);
      const double value = ok ? static_cast<double>(pixels[k]) : 0.0;
      const double w = ok ? columns.raw[k * columns.size + i] : 0.0;
      all = all && ok;
      run.add(ok);
      dot.add(k, n, value * columns.unit[k * columns.size + i]);
      sum += value * w;
      weight += w;
    }
    if (all) return {dot.a + dot.b, true};
    const bool ok = weight > 0 && (!cubic || run.enough(n));
    return {ok ? sum / weight : 0.0, ok};
  }
};

/// One pixel in both directions, every source row filtered for itself.
template <class T>
struct ConvolvedPixel {
  Convolution<T> convolution;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    convolution.job.dst.row(row)[col] =
        convolution.combine(row, [&](std::int64_t y) { return convolution.filter(col, y); });
  }
};

}  // namespace cogmill::kernels::cuda
