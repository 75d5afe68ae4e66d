// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/filter_axis.hpp"
#include "kernels/warp/pixel_job.hpp"
#include "kernels/warp/window_sum.hpp"

#include <cstdint>

/// Kernels of any width. Host and device.
namespace cogmill::kernels::warp {

/// The weights of one pixel, and where they are of: pixels of one column or row of an upright map
/// share them.
struct FilterWeights {
  double* x = nullptr;  ///< room for across.most()
  double* y = nullptr;  ///< room for down.most()
  double at_x = -1, at_y = -1;
  FilterPlace columns = {}, rows = {};
};

template <class T>
struct FilterPixel {
  PixelJob job;
  FilterAxis across, down;
  COGMILL_HD const PixelJob& pixel_job() const { return job; }

  /// Room for weights that one pixel takes.
  std::int64_t weights() const { return across.most() + down.most(); }

  COGMILL_HD void operator()(PixelAt at, MapLeaf& leaf, FilterWeights& weights) const {
    const PixelPoint p = centre_of(job, at, leaf);
    SampleWindow window;
    const bool there = place(p, weights, window);
    for (int b = 0; b < job.band_count; ++b) {
      const PixelBand& band = job.bands[b];
      double value = 0;
      const bool valid = there && filter(band, window, p, value);
      store<T>(band, at, value, valid);
    }
  }

 private:
  COGMILL_HD bool place(PixelPoint p, FilterWeights& w, SampleWindow& window) const {
    if (!is_on_image(job.across, p.x) || !is_on_image(job.down, p.y)) return false;
    if (p.x != w.at_x) w.columns = place_filter(across, p.x, w.x);
    if (p.y != w.at_y) w.rows = place_filter(down, p.y, w.y);
    w.at_x = p.x;
    w.at_y = p.y;
    window = {w.columns.first, w.rows.first, w.columns.count, w.rows.count, w.x, w.y,
              w.columns.sum,   w.rows.sum};
    return w.columns.count > 0 && w.rows.count > 0;
  }

  COGMILL_HD bool filter(const PixelBand& band, const SampleWindow& w, PixelPoint p,
                         double& value) const {
    const Sampler<T> from = sampler_of<T>(job, band);
    if (is_whole_by_bytes(from.valid, w)) {
      const double weight = w.across_sum * w.down_sum;
      value = normal(window_sum_of_columns(AsItIs{}, from.pixels, w), weight);
      return weight >= kLeastWeight && !is_thin(band, from.valid, w);
    }
    if (!has_centre(job, band, p)) return false;
    const MaskedSum sum = masked_sum(AsItIs{}, from.pixels, from.valid, w);
    value = normal(sum.value, sum.weight);
    const bool enough = are_enough(job.resampling, sum.valid, w.columns * w.rows);
    return sum.weight >= kLeastWeight && enough && !is_thin(band, from.valid, w);
  }

  COGMILL_HD static bool is_thin(const PixelBand& band, PlaneView<const std::uint8_t> valid,
                                 const SampleWindow& w) {
    if (band.density.data == nullptr) return false;
    const PlaneView<const float> density = {band.density.data, 0, 0, band.density.stride};
    const double weight = valid.data == nullptr ? window_sum_of_columns(AsItIs{}, density, w)
                                                : masked_sum(AsItIs{}, density, valid, w).value;
    return weight < kLeastWeight;
  }
};

/// Calls f with the functor for pixels of a type.
template <class F>
void visit_filter_pixel(const PixelJob& job, DataType source, F&& f) {
  const FilterAxis across = filter_axis(job.across, job.resampling, job.x_scale);
  const FilterAxis down = filter_axis(job.down, job.resampling, job.y_scale);
  visit_real_type(source, [&]<class T>(T) { f(FilterPixel<T>{job, across, down}); });
}

}  // namespace cogmill::kernels::warp
