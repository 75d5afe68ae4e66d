// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/pixel_job.hpp"
#include "kernels/warp/sampler.hpp"

#include <cstdint>
#include <type_traits>

/// Bilinear and cubic of few samples. Host and device.
namespace cogmill::kernels::warp {

/// What the CPU computes few samples of a type in: floats hold 16 bits, and what bilinear and
/// cubic make of them.
template <class T>
using PointValue = std::conditional_t<sizeof(T) <= 2, float, double>;

/// @return whether none of n x n samples is invalid
template <int n>
COGMILL_HD inline bool has_no_hole(Rows<const std::uint8_t> valid, std::int32_t col,
                                   std::int32_t row) {
  if (valid.data == nullptr) return true;
  const std::uint8_t* from = valid.row(row) + col;
  bool all = true;
  for (int r = 0; r < n; ++r, from += valid.stride)
    for (int c = 0; c < n; ++c) all = all & (fetched(from + c) != 0);
  return all;
}

/// The samples of four columns and rows by their weights.
template <class T, class W>
COGMILL_HD inline W cubic_of(Rows<const T> from, std::int32_t col, std::int32_t row, const W* wx,
                             const W* wy) {
  const T* first = from.row(row) + col;
  W pixel[16];
  for (int r = 0; r < 4; ++r, first += from.stride)
    for (int c = 0; c < 4; ++c) pixel[4 * r + c] = static_cast<W>(fetched(first + c));
  return sum_of_16(pixel, wx, wy);
}

template <class T, bool cubic>
struct PointPixel {
  using W = PointValue<T>;
  PixelJob job;
  COGMILL_HD const PixelJob& pixel_job() const { return job; }

  COGMILL_HD void operator()(PixelAt at, MapLeaf& leaf) const {
    constexpr Taps kTaps = cubic ? Taps{1, 4} : Taps{0, 2};
    const PixelPoint p = centre_of(job, at, leaf);
    const AxisPoint<W> across = place_taps<W>(job.across, kTaps, p.x);
    const AxisPoint<W> down = place_taps<W>(job.down, kTaps, p.y);
    const std::int32_t state = across.state < down.state ? across.state : down.state;
    W wx[4] = {}, wy[4] = {};
    if constexpr (cubic) {
      cubic_weights(across.fraction, wx);
      cubic_weights(down.fraction, wy);
    }
    for (int b = 0; b < job.band_count; ++b) {
      const PixelBand& band = job.bands[b];
      W value = 0;
      bool valid = false;
      if (state == kInside && has_no_hole<kTaps.count>(band.valid, across.first, down.first))
        valid = inside(band, across, down, wx, wy, value);
      else if (state != kNone)
        valid = has_centre(job, band, p) && beside_holes(band, p, value);
      store<T>(band, at, value, valid, [&] { return density_under(job, band, p); });
    }
  }

 private:
  COGMILL_HD static bool inside(const PixelBand& band, const AxisPoint<W>& across,
                                const AxisPoint<W>& down, const W* wx, const W* wy, W& value) {
    const Rows<const T> from = {reinterpret_cast<const T*>(band.source.data), band.source.stride};
    if constexpr (cubic) {
      constexpr W kThin = W(1e-10);
      value = cubic_of(from, across.first, down.first, wx, wy);
      // A density that rings below nothing makes a pixel invalid: GDAL weighs it with the kernel.
      return band.density.data == nullptr ||
             !(cubic_of(band.density, across.first, down.first, wx, wy) < kThin);
    } else {
      const T* const upper = from.row(down.first) + across.first;
      const T* const lower = upper + from.stride;
      value = bilinear_of(static_cast<W>(fetched(upper)), static_cast<W>(fetched(upper + 1)),
                          static_cast<W>(fetched(lower)), static_cast<W>(fetched(lower + 1)),
                          across.fraction, down.fraction);
      return true;
    }
  }

  /// Rare: some samples are missing.
  COGMILL_HD bool beside_holes(const PixelBand& band, PixelPoint p, W& value) const {
    const Sampler<T> from = sampler_of<T>(job, band);
    if constexpr (cubic)
      return cubic_at(from, p.x, p.y, value);
    else
      return bilinear_at(from, p.x, p.y, value);
  }
};

/// Calls f with the functor for pixels of a type.
template <class F>
void visit_point_pixel(const PixelJob& job, DataType source, F&& f) {
  visit_real_type(source, [&]<class T>(T) {
    if (job.resampling == WarpResampling::kCubic)
      f(PointPixel<T, true>{job});
    else
      f(PointPixel<T, false>{job});
  });
}

}  // namespace cogmill::kernels::warp
