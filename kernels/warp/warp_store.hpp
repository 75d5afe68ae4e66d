// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/convert_pixel.hpp"
#include "kernels/host_device.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace cogmill::kernels::warp {

/// A resampled value as a pixel, as GDAL: signed integers floor(v + 0.5), unsigned ones
/// trunc(v + 0.5), saturated; NaN becomes 0 in an integer.
template <class T, class W>
COGMILL_HD inline T to_pixel(W value) {
  using Limits = std::numeric_limits<T>;
  if constexpr (std::is_integral_v<W>) {
    return convert_pixel<T>(value);  // picked, not computed
  } else if constexpr (std::is_floating_point_v<T>) {
    return static_cast<T>(value);
  } else if constexpr (sizeof(T) <= 2) {
    constexpr W lowest = Limits::lowest(), highest = Limits::max();
    W v = value > lowest ? value : lowest;  // NaN: the lowest
    v = v < highest ? v : highest;
    if constexpr (std::is_signed_v<T>) v = value == value ? v : W(0);
    const W moved = v + W(0.5);
    const auto cut = static_cast<std::int32_t>(moved);  // vectorises, the direct one not
    return static_cast<T>(cut - (static_cast<W>(cut) > moved ? 1 : 0));
  } else {
    if (!(value == value)) return T(0);
    const double v = static_cast<double>(value);
    constexpr double upper = kFirstTooLarge<T, double>;
    if (v >= upper) return Limits::max();
    if (v <= static_cast<double>(Limits::lowest())) return Limits::lowest();
    // Beyond 2^52 there are no fractions, and adding one half would round.
    const double rounded = std::fabs(v) < 4503599627370496.0 ? std::floor(v + 0.5) : v;
    return rounded >= upper ? Limits::max() : static_cast<T>(rounded);
  }
}

/// Output pixels that are placed at once, for all bands: their positions and weights stay in the
/// first-level cache.
inline constexpr int kSegment = 256;

/// Stores the pixels of a row that are valid and leaves the others as they are.
/// @pre n <= kSegment
template <class T, class W>
void store_row(const W* value, const std::uint8_t* valid, bool all, int n, T* target) {
  if (all) {
    for (int i = 0; i < n; ++i) target[i] = to_pixel<T>(value[i]);
    return;
  }
  T pixel[kSegment];
  for (int i = 0; i < n; ++i) pixel[i] = to_pixel<T>(value[i]);
  for (int i = 0; i < n; ++i) target[i] = valid[i] != 0 ? pixel[i] : target[i];
}

}  // namespace cogmill::kernels::warp
