// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/box_axis.hpp"
#include "kernels/warp/pixel_job.hpp"
#include "kernels/warp/window_sum.hpp"

#include <cmath>
#include <cstdint>

/// Boxes of samples, what is made of them, and their means. Host and device.
namespace cogmill::kernels::warp {

using BoxWindow = WeighedWindow<BoxWeights>;

/// What the functors of boxes have in common.
struct BoxJob {
  PixelJob job;
  BoxAxis across, down;
};

inline BoxJob box_job(const PixelJob& job) {
  return {job, box_axis(job.across, job.x_scale), box_axis(job.down, job.y_scale)};
}

/// @return false if the box of a pixel covers nothing
COGMILL_HD inline bool place_box(const BoxJob& boxes, PixelAt at, MapLeaf& leaf,
                                 BoxWindow& window) {
  const PixelJob& job = boxes.job;
  find_leaf(job, at, leaf);
  const std::int64_t col = job.col + at.col, row = job.row + at.row;
  const PixelPoint first = point_of(job.map, leaf, col, row, {0, 0});
  const PixelPoint last = point_of(job.map, leaf, col, row, {1, 1});
  const BoxPlace columns = place_box(boxes.across, first.x, last.x);
  const BoxPlace rows = place_box(boxes.down, first.y, last.y);
  if (columns.count == 0 || rows.count == 0) return false;
  const BoxWeights wx(columns), wy(rows);
  window = {columns.first, rows.first, columns.count, rows.count, wx, wy, sum_of(wx), sum_of(wy)};
  return true;
}

/// What a method makes of the box of a pixel.
/// @tparam Method has `Value<T>`, and pick(resampling, samples, window, value), false if there is
/// none
template <class T, class Method>
struct BoxPixel {
  BoxJob boxes;
  COGMILL_HD const PixelJob& pixel_job() const { return boxes.job; }

  COGMILL_HD void operator()(PixelAt at, MapLeaf& leaf) const {
    BoxWindow window;
    const bool there = place_box(boxes, at, leaf, window);
    for (int b = 0; b < boxes.job.band_count; ++b) {
      const PixelBand& band = boxes.job.bands[b];
      typename Method::template Value<T> value{};
      const bool valid = there && Method::pick(boxes.job.resampling, sampler_of<T>(boxes.job, band),
                                               window, value);
      store<T>(band, at, value, valid);
    }
  }
};

/// @tparam Term AsItIs: average; Squared: rms
template <class Term>
struct TakeMean {
  template <class T>
  using Value = double;

  template <class T>
  COGMILL_HD static bool pick(WarpResampling, const Sampler<T>& from, const BoxWindow& w,
                              double& value) {
    MaskedSum sum;
    if (is_whole_by_bytes(from.valid, w))
      sum = {window_sum_of_columns(Term{}, from.pixels, w), w.across_sum * w.down_sum, 1};
    else
      sum = masked_sum(Term{}, from.pixels, from.valid, w);
    if (!(sum.weight > 0)) return false;
    value = sum.value / sum.weight;
    if constexpr (std::is_same_v<Term, Squared>) value = std::sqrt(value);
    return true;
  }
};

/// Calls f with the functor for pixels of a type.
template <class F>
void visit_mean_pixel(const PixelJob& job, DataType source, F&& f) {
  visit_real_type(source, [&]<class T>(T) {
    if (job.resampling == WarpResampling::kRms)
      f(BoxPixel<T, TakeMean<Squared>>{box_job(job)});
    else
      f(BoxPixel<T, TakeMean<AsItIs>>{box_job(job)});
  });
}

}  // namespace cogmill::kernels::warp
