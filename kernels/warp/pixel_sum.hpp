// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/pixel_box.hpp"
#include "kernels/warp/quad_cover.hpp"

#include <cstdint>

/// Sums of the samples under a quadrilateral. Host and device.
namespace cogmill::kernels::warp {

template <class T>
struct SumPixel {
  BoxJob boxes;
  COGMILL_HD const PixelJob& pixel_job() const { return boxes.job; }

  COGMILL_HD void operator()(PixelAt at, MapLeaf& leaf) const {
    const PixelJob& job = boxes.job;
    find_leaf(job, at, leaf);
    Quad quad;
    for (int k = 0; k < 4; ++k) {
      const PixelPoint p =
          point_of(job.map, leaf, job.col + at.col, job.row + at.row, corner_shift(k));
      quad.x[k] = p.x;
      quad.y[k] = p.y;
    }
    for (int b = 0; b < job.band_count; b += kBands) {
      Sums sums;
      for (int part = 0; part < quad_parts(boxes.across); ++part) {
        Quad placed = quad;
        const QuadPlace place = place_quad(boxes.across, boxes.down, part, placed);
        for (double row = place.row_begin; row < place.row_end; ++row)
          add_row(placed, place, row, b, sums);
      }
      for (int k = 0; k < kBands; ++k)
        if (b + k < job.band_count)
          store<T>(job.bands[b + k], at, sums.value[k], sums.weight[k] > 0);
    }
  }

 private:
  static constexpr int kBands = 4;          ///< that share the cover of a row
  static constexpr unsigned kColumns = 16;  ///< of a row that are covered at once

  struct Sums {
    double value[kBands] = {}, weight[kBands] = {};
  };

  COGMILL_HD void add_row(const Quad& quad, const QuadPlace& place, double row, int band,
                          Sums& sums) const {
    const PixelJob& job = boxes.job;
    const auto r = static_cast<std::int64_t>(block_index(job.down, row));
    if (r < static_cast<std::int64_t>(job.down.begin) ||
        r >= static_cast<std::int64_t>(job.down.end))
      return;
    const std::int64_t columns = place.columns();
    const double begin = block_index(job.across, place.col_begin);
    double sum = 0;
    for (std::int64_t first = 0; first < columns; first += kColumns) {
      CoverChunk<kColumns> cover = {first};
      add_edges(quad, place, row, cover);
      const std::int64_t count =
          columns - first < std::int64_t{kColumns} ? columns - first : kColumns;
      sum_differences(place, count, cover.at, sum);
      for (std::int64_t k = 0; k < count; ++k) {
        const double col = column_of(job.across, place, begin, first + k);
        if (cover.at[k] == 0 || col < job.across.begin || col >= job.across.end) continue;
        add_sample(static_cast<std::int64_t>(col), r, cover.at[k], band, sums);
      }
    }
  }

  COGMILL_HD void add_sample(std::int64_t col, std::int64_t row, double part, int first,
                             Sums& sums) const {
    for (int k = 0; k < kBands; ++k) {
      if (first + k >= boxes.job.band_count) break;
      const PixelBand& band = boxes.job.bands[first + k];
      if (band.valid.data != nullptr && fetched(band.valid.row(row) + col) == 0) continue;
      const Rows<const T> pixels = {reinterpret_cast<const T*>(band.source.data),
                                    band.source.stride};
      sums.value[k] += part * static_cast<double>(fetched(pixels.row(row) + col));
      sums.weight[k] += part;
    }
  }
};

/// Calls f with the functor for pixels of a type.
template <class F>
void visit_sum_pixel(const PixelJob& job, DataType source, F&& f) {
  visit_real_type(source, [&]<class T>(T) { f(SumPixel<T>{box_job(job)}); });
}

}  // namespace cogmill::kernels::warp
