// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/statistics.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>

/// The arithmetic of statistics that host and device share. Not for callers: use
/// kernels/statistics.hpp.
namespace cogmill::kernels {

using Int128 = __int128;

/// Floating-point pixels are summed in pieces of rows [px].
inline constexpr std::int64_t kStatisticsBlock = 2048;
/// Sums side by side in a piece: a fixed order of addition, and enough to keep the adders busy.
inline constexpr std::int64_t kStatisticsLanes = 8;

/// Exact sums of the pixels of an integer plane.
template <std::integral T>
struct ExactSums {
  std::int64_t count = 0;
  T minimum = std::numeric_limits<T>::max();
  T maximum = std::numeric_limits<T>::lowest();
  Int128 sum = 0;
  Int128 squares = 0;  ///< of types up to 32 bits

  /// The mean without its fraction.
  COGMILL_HD Int128 whole_mean() const { return sum / count; }
  /// @pre count > 0
  COGMILL_HD double mean() const {
    const Int128 whole = whole_mean();
    const Int128 rest = sum - whole * count;
    return static_cast<double>(static_cast<T>(whole)) +
           static_cast<double>(static_cast<std::int64_t>(rest)) / static_cast<double>(count);
  }
  /// All but the squared deviations.
  Statistics moments() const {
    if (count == 0) return {};
    return {count, static_cast<double>(minimum), static_cast<double>(maximum), mean(), 0};
  }
  /// Exact up to the last rounding: nothing large is subtracted in floating point.   @pre count > 0
  double squared_deviation() const {
    const Int128 whole = whole_mean();
    const Int128 rest = sum - whole * count;
    const Int128 about_whole = squares - 2 * whole * sum + whole * whole * count;
    const Int128 correction = rest * rest / count;
    return static_cast<double>(about_whole - correction) -
           static_cast<double>(rest * rest % count) / static_cast<double>(count);
  }
};

/// Squares of 64-bit pixels fit no integer: a second pass, in the order of pixels, with the
/// deviations still exact.
template <std::integral T>
struct WideDeviation {
  T centre;       ///< the whole mean, which lies between two pixels
  double offset;  ///< the mean's fraction

  COGMILL_HD explicit WideDeviation(const ExactSums<T>& sums)
      : centre(static_cast<T>(sums.whole_mean())),
        offset(sums.mean() - static_cast<double>(centre)) {}
  COGMILL_HD double squared(T pixel) const {
    const auto up = static_cast<std::uint64_t>(pixel) - static_cast<std::uint64_t>(centre);
    const double distance =
        pixel < centre ? -static_cast<double>(~up + 1) : static_cast<double>(up);
    const double deviation = distance - offset;
    return deviation * deviation;
  }
};

/// What one lane knows of its pixels of a piece.
struct LaneSums {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  double sum = 0;
  std::int64_t count = 0;

  /// @param v NaN: does not count
  COGMILL_HD void add(double v) {
    const bool valid = v == v;
    low = v < low ? v : low;
    high = v > high ? v : high;
    sum += valid ? v : 0.0;
    count += valid ? 1 : 0;
  }
};

/// @return the piece's statistics but for the squared deviations
COGMILL_HD inline Statistics combine_lanes(const LaneSums (&lanes)[kStatisticsLanes]) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Statistics result = {0, kInfinity, -kInfinity, 0, 0};
  for (const LaneSums& lane : lanes) {
    result.count += lane.count;
    result.mean += lane.sum;
    result.minimum = std::min(result.minimum, lane.low);
    result.maximum = std::max(result.maximum, lane.high);
  }
  if (result.count == 0) return {};
  result.mean /= static_cast<double>(result.count);
  return result;
}

COGMILL_HD inline double squared_deviation(double v, double mean) {
  return v == v ? (v - mean) * (v - mean) : 0.0;
}
COGMILL_HD inline double combine_squares(const double (&lanes)[kStatisticsLanes]) {
  double sum = 0;
  for (std::int64_t lane = 0; lane < kStatisticsLanes; lane += 2)
    sum += lanes[lane] + lanes[lane + 1];
  return sum;
}

}  // namespace cogmill::kernels
