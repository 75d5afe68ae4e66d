// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/nodata.hpp"
#include "kernels/nodata_test.hpp"

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
    return NodataTest<T>::around(nodata).outside();
}

/// finish_nodata for pixels of one type.
template <class T>
struct NodataFinish {
  T hole;      ///< what invalid pixels become
  T moved;     ///< what valid ones become that equal it
  bool moves;  ///< there is a nodata
  NodataTest<T> test;

  explicit NodataFinish(const std::optional<T>& nodata)
      : hole(nodata.value_or(T{0})),
        moved(beside(hole)),
        moves(nodata.has_value()),
        test(NodataTest<T>::around(hole)) {}

  COGMILL_HD bool collides(T pixel, std::uint8_t valid) const {
    return moves & (valid != 0) & test.matches(pixel);
  }
  COGMILL_HD T operator()(T pixel, std::uint8_t valid) const {
    return valid == 0 ? hole : (collides(pixel, valid) ? moved : pixel);
  }
  /// The two parts of a complex pixel, of which the first decides.   @return true if it was moved
  COGMILL_HD bool complex(T* pixel, std::uint8_t valid) const {
    if (valid == 0) pixel[1] = T{0};
    const bool moves_aside = collides(pixel[0], valid);
    pixel[0] = (*this)(pixel[0], valid);
    return moves_aside;
  }
};

/// @return the validity of a pixel that had `valid`
template <class T>
COGMILL_HD inline std::uint8_t valid_unless(const NodataTest<T>& is_hole, T pixel,
                                            std::uint8_t valid) {
  return is_hole(pixel) ? std::uint8_t{0} : valid;
}

}  // namespace cogmill::kernels::warp
