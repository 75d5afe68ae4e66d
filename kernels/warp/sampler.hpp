// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/fetched.hpp"
#include "kernels/host_device.hpp"
#include "kernels/plane.hpp"
#include "kernels/warp/source_axis.hpp"
#include "kernels/warp/warp_weights.hpp"

#include <cstdint>

namespace cogmill::kernels::warp {

/// Bilinear mean of four samples. x and y: way from the left to the right, the upper to the lower.
template <class W>
COGMILL_HD inline W bilinear_of(W a, W b, W c, W d, W x, W y) {
  return (a * (W(1) - x) + b * x) * (W(1) - y) + (c * (W(1) - x) + d * x) * y;
}

/// Samples and validity of one band of a block.
template <class T>
struct Sampler {
  PlaneView<const T> pixels;
  PlaneView<const std::uint8_t> valid;  ///< data == nullptr: all
  SourceAxis across, down;

  COGMILL_HD bool holds(double col, double row) const {
    return col >= across.begin && col < across.end && row >= down.begin && row < down.end;
  }
  /// @return whether there is a valid sample
  COGMILL_HD bool has(double col, double row) const {
    if (!holds(col, row)) return false;
    return valid.data == nullptr ||
           fetched(valid.row(static_cast<std::int64_t>(row)) + static_cast<std::int64_t>(col)) != 0;
  }
  template <class W>
  COGMILL_HD W at(double col, double row) const {
    return static_cast<W>(
        fetched(pixels.row(static_cast<std::int64_t>(row)) + static_cast<std::int64_t>(col)));
  }
};

/// Bilinear value that leaves out the samples there are not, by the rest's weights.
/// @return false if there is none with a weight
template <class T, class W>
COGMILL_HD inline bool bilinear_at(const Sampler<T>& from, double x, double y, W& value) {
  const SamplePlace h = place_samples(from.across, x, 0), v = place_samples(from.down, y, 0);
  const W fx = static_cast<W>(h.fraction), fy = static_cast<W>(v.fraction);
  W pixel[4] = {}, sum = 0, weight = 0;
  bool all = true;
  for (int k = 0; k < 4; ++k) {
    const double col = h.first + (k & 1), row = v.first + (k >> 1);
    const bool has = from.has(col, row);
    all = all && has;
    if (!has) continue;
    pixel[k] = from.template at<W>(col, row);
    const W w = ((k & 1) ? fx : W(1) - fx) * ((k >> 1) ? fy : W(1) - fy);
    sum += pixel[k] * w;
    weight += w;
  }
  if (all) {
    value = bilinear_of(pixel[0], pixel[1], pixel[2], pixel[3], fx, fy);
    return true;
  }
  if (weight < W(1e-5)) return false;
  value = weight == W(1) ? sum : sum / weight;
  return true;
}

/// Sixteen samples by their weights, in the order in which vectors add them.
template <class W>
COGMILL_HD inline W sum_of_16(const W* s, const W* wx, const W* wy) {
  W column[4];
  for (int k = 0; k < 4; ++k)
    column[k] =
        ((s[k] * wy[0] + s[4 + k] * wy[1]) + (s[8 + k] * wy[2] + s[12 + k] * wy[3])) * wx[k];
  return (column[0] + column[1]) + (column[2] + column[3]);
}

/// Cubic value, or the bilinear one if any of the 16 samples is missing.
/// @return false if there is none
template <class T, class W>
COGMILL_HD inline bool cubic_at(const Sampler<T>& from, double x, double y, W& value) {
  const SamplePlace h = place_samples(from.across, x, 1), v = place_samples(from.down, y, 1);
  W pixel[16];
  for (int k = 0; k < 16; ++k) {
    const double col = h.first + (k & 3), row = v.first + (k >> 2);
    if (!from.has(col, row)) return bilinear_at(from, x, y, value);
    pixel[k] = from.template at<W>(col, row);
  }
  W wx[4], wy[4];
  cubic_weights(static_cast<W>(h.fraction), wx);
  cubic_weights(static_cast<W>(v.fraction), wy);
  value = sum_of_16(pixel, wx, wy);
  return true;
}

}  // namespace cogmill::kernels::warp
