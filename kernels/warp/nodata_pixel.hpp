// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/nodata.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

/// What nodata means for one pixel. Host and device; written as selects, so that loops become
/// vectors.
namespace cogmill::kernels::warp {

/// The value that stands beside nodata, as gdalwarp moves it.
template <class T>
T beside(T nodata) {
  using Limits = std::numeric_limits<T>;
  if constexpr (std::is_integral_v<T>)
    return static_cast<T>(nodata == Limits::min() ? nodata + 1 : nodata - 1);
  else
    return std::nextafter(nodata, nodata == Limits::max() ? T{0} : Limits::max());
}

/// finish_nodata for pixels of one type.
template <class T>
struct NodataFinish {
  T hole;      ///< what invalid pixels become
  T moved;     ///< what valid ones become that equal it
  bool moves;  ///< there is a nodata

  explicit NodataFinish(const std::optional<T>& nodata)
      : hole(nodata.value_or(T{0})), moved(beside(hole)), moves(nodata.has_value()) {}

  COGMILL_HD bool collides(T pixel, std::uint8_t valid) const {
    return moves & (valid != 0) & (pixel == hole);
  }
  COGMILL_HD T operator()(T pixel, std::uint8_t valid) const {
    return valid == 0 ? hole : (collides(pixel, valid) ? moved : pixel);
  }
};

/// @return the validity of a pixel that had `valid`
template <class T>
COGMILL_HD inline std::uint8_t valid_unless(T nodata, T pixel, std::uint8_t valid) {
  return pixel == nodata ? std::uint8_t{0} : valid;
}
/// The same where nodata is NaN.
template <class T>
COGMILL_HD inline std::uint8_t valid_unless_nan(T pixel, std::uint8_t valid) {
  return pixel == pixel ? valid : std::uint8_t{0};
}

}  // namespace cogmill::kernels::warp
