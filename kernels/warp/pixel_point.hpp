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

/// Samples of one pixel for all bands.
template <class W>
struct PointSamples {
  PixelPoint position;
  std::int32_t col = 0, row = 0, state = kNone;
  W x = 0, y = 0;            ///< fractions
  W wx[4] = {}, wy[4] = {};  ///< of a cubic
};

template <class T, bool cubic>
struct PointPixel {
  using W = PointValue<T>;
  PixelJob job;
  COGMILL_HD const PixelJob& pixel_job() const { return job; }

  COGMILL_HD void operator()(PixelAt at, MapLeaf& leaf) const {
    const PointSamples<W> samples = place(centre_of(job, at, leaf));
    for (int b = 0; b < job.band_count;) {
      const int left = job.band_count - b, n = left < kAtOnce ? left : kAtOnce;
      if (!(job.plain && samples.state == kInside && several(b, n, at, samples)))
        for (int k = 0; k < n; ++k) one(job.bands[b + k], at, samples);
      b += n;
    }
  }

 private:
  static constexpr int kAtOnce = 4;  ///< bands
  static constexpr Taps kTaps = cubic ? Taps{1, 4} : Taps{0, 2};

  COGMILL_HD PointSamples<W> place(PixelPoint p) const {
    const AxisPoint<W> across = place_taps<W>(job.across, kTaps, p.x);
    const AxisPoint<W> down = place_taps<W>(job.down, kTaps, p.y);
    PointSamples<W> s;
    s.position = p;
    s.col = across.first;
    s.row = down.first;
    s.state = across.state < down.state ? across.state : down.state;
    s.x = across.fraction;
    s.y = down.fraction;
    if constexpr (cubic) {
      cubic_weights(s.x, s.wx);
      cubic_weights(s.y, s.wy);
    }
    return s;
  }

  COGMILL_HD bool several(int first, int n, PixelAt at, const PointSamples<W>& s) const {
    if (n == kAtOnce) return plain<kAtOnce>(job.bands + first, at, s);
    if (n == 3) return plain<3>(job.bands + first, at, s);
    return n == 2 ? plain<2>(job.bands + first, at, s) : plain<1>(job.bands + first, at, s);
  }

  /// Several bands at once: all samples are loaded before any is waited for.
  /// @return false, and nothing stored, if some are missing   @pre job.plain
  template <unsigned n>
  COGMILL_HD static bool plain(const PixelBand* bands, PixelAt at, const PointSamples<W>& s) {
    bool whole = true;
    for (unsigned k = 0; k < n; ++k)
      whole = whole & has_no_hole<kTaps.count>(bands[k].valid, s.col, s.row);
    if (!whole) return false;
    W value[n];
    for (unsigned k = 0; k < n; ++k) value[k] = inside(rows_of(bands[k]), s);
    for (unsigned k = 0; k < n; ++k) {
      reinterpret_cast<T*>(bands[k].target.data)[at.row * bands[k].target.stride + at.col] =
          to_pixel<T>(value[k]);
      if (bands[k].target_valid.data != nullptr)
        bands[k].target_valid.row(at.row)[at.col] = std::uint8_t{255};
    }
    return true;
  }

  COGMILL_HD void one(const PixelBand& band, PixelAt at, const PointSamples<W>& s) const {
    W value = 0;
    bool valid = false;
    if (s.state == kInside && has_no_hole<kTaps.count>(band.valid, s.col, s.row))
      valid = beside_nothing(band, s, value);
    else if (s.state != kNone)
      valid = beside_holes(band, s, value);
    store<T>(band, at, value, valid);
  }

  COGMILL_HD static Rows<const T> rows_of(const PixelBand& band) {
    return {reinterpret_cast<const T*>(band.source.data), band.source.stride};
  }

  COGMILL_HD static W inside(Rows<const T> from, const PointSamples<W>& s) {
    if constexpr (cubic) {
      return cubic_of(from, s.col, s.row, s.wx, s.wy);
    } else {
      const T* const upper = from.row(s.row) + s.col;
      const T* const lower = upper + from.stride;
      return bilinear_of(static_cast<W>(fetched(upper)), static_cast<W>(fetched(upper + 1)),
                         static_cast<W>(fetched(lower)), static_cast<W>(fetched(lower + 1)), s.x,
                         s.y);
    }
  }

  /// A density that rings below nothing makes a pixel invalid: GDAL weighs it with the kernel.
  COGMILL_HD static bool beside_nothing(const PixelBand& band, const PointSamples<W>& s, W& value) {
    constexpr W kThin = W(1e-10);
    value = inside(rows_of(band), s);
    if constexpr (cubic)
      return band.density.data == nullptr ||
             !(cubic_of(band.density, s.col, s.row, s.wx, s.wy) < kThin);
    else
      return true;
  }

  COGMILL_HD bool beside_holes(const PixelBand& band, const PointSamples<W>& s, W& value) const {
    const PixelPoint p = s.position;
    if (!has_centre(job, band, p)) return false;
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
