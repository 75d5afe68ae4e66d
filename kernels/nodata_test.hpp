// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

#include <cmath>
#include <limits>
#include <type_traits>

namespace cogmill::kernels {

/// Whether a pixel is without data by its value: the one rule, of host and device. A float that is
/// NaN never is data. A number matches pixels that a nodata value printed with few digits stands
/// for: within 4 epsilon, as GDAL's ARE_REAL_EQUAL has it, and beside the largest float or double
/// ("-3.4e+38", "-3.40282e+38") every pixel within half a percent of it. Infinity is how readers
/// understand the largest double where its digits were rounded up, so it matches that too.
template <class T>
struct NodataTest {
  T low, high;  ///< pixels from low to high match; NaN: none but NaN

  COGMILL_HD static NodataTest around(T nodata) {
    if constexpr (std::is_floating_point_v<T>) {
      const T near = nearest_to_zero(nodata), far = farthest(nodata);
      return nodata < 0 ? NodataTest{-far, -near} : NodataTest{near, far};
    } else {
      return {nodata, nodata};
    }
  }
  /// True for the pixels that `around` was given, and no NaN.
  COGMILL_HD bool matches(T pixel) const {
    if constexpr (std::is_floating_point_v<T>) return (pixel >= low) & (pixel <= high);
    return pixel == low;
  }
  COGMILL_HD bool operator()(T pixel) const {
    if constexpr (std::is_floating_point_v<T>) return (pixel != pixel) | matches(pixel);
    return pixel == low;
  }
  /// The value beside a float's nodata that is data: what a valid pixel that matches becomes.
  T outside() const {
    constexpr T kMost = std::numeric_limits<T>::max();
    return high < T(0.99) * kMost ? std::nextafter(high, kMost) : std::nextafter(low, T{0});
  }

 private:
  static constexpr double kFloat = std::numeric_limits<float>::max();
  static constexpr double kDouble = std::numeric_limits<double>::max();
  static constexpr double kPart = 0.005;  ///< of the largest number

  /// @return the largest number that the value stands for, or 0
  COGMILL_HD static double largest_near(double size) {
    if (size >= kDouble * (1 - kPart)) return kDouble;
    return size >= kFloat * (1 - kPart) && size <= kFloat * (1 + kPart) ? kFloat : 0;
  }
  COGMILL_HD static T size_of(T nodata) { return nodata < 0 ? -nodata : nodata; }
  COGMILL_HD static T slack(T size) {
    const T most = std::numeric_limits<T>::max();
    return size > most ? T{0} : 4 * std::numeric_limits<T>::epsilon() * size;
  }
  COGMILL_HD static T nearest_to_zero(T nodata) {
    const T size = size_of(nodata);
    const double largest = largest_near(static_cast<double>(size));
    return largest > 0 ? static_cast<T>(largest * (1 - kPart)) : size - slack(size);
  }
  COGMILL_HD static T farthest(T nodata) {
    const T size = size_of(nodata);
    const double largest = largest_near(static_cast<double>(size));
    if (largest == 0) return size + slack(size);
    const bool has_more = static_cast<double>(std::numeric_limits<T>::max()) > largest;
    const T far = static_cast<T>(has_more ? largest * (1 + kPart) : largest);
    return far < size ? size : far;
  }
};

}  // namespace cogmill::kernels
