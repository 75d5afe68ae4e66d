// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace cogmill::kernels {

/// Exact moments of the valid pixels of one band. Combining is not associative in floating point:
/// always combine in the order of tiles, so that the result does not depend on ranks or threads.
struct Statistics {
  std::int64_t count = 0;  ///< valid pixels
  double minimum = 0;
  double maximum = 0;
  double mean = 0;
  double sum_squared_deviation = 0;  ///< sum of (value - mean)^2

  bool are_finite() const;            ///< false where a pixel is infinite, or the sums overflow
  double standard_deviation() const;  ///< of the population, as GDAL; 0 when empty
  /// Chan, Golub & LeVeque 1979: pairwise update of mean and squared deviations.
  COGMILL_HD void combine(const Statistics& next) {
    if (next.count == 0) return;
    if (count == 0) {
      *this = next;
      return;
    }
    const auto n = static_cast<double>(count);
    const auto added = static_cast<double>(next.count);
    const double delta = next.mean - mean;
    const double weight = added / (n + added);
    count += next.count;
    minimum = std::min(minimum, next.minimum);
    maximum = std::max(maximum, next.maximum);
    mean += delta * weight;
    sum_squared_deviation += next.sum_squared_deviation + delta * delta * n * weight;
  }
};

/// @param nodata pixels equal to it are left out; NaN always is   @param mask Byte, 0 = left out,
/// or none
Statistics compute_statistics(ConstPlane plane, const std::optional<Nodata>& nodata,
                              ConstPlane mask);

}  // namespace cogmill::kernels
