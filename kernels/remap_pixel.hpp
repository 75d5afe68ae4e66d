// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/nodata_pixel.hpp"

#include <limits>
#include <optional>
#include <type_traits>

namespace cogmill::kernels {

/// remap_nodata for one pixel of types S and D. Host and device.
template <class S, class D>
struct RemapPixel {
  bool has_holes;  ///< a source pixel may be without data by its value
  NodataTest<S> is_hole;
  warp::NodataFinish<D> finish;

  RemapPixel(const std::optional<S>& from, D to)
      : has_holes(from || std::is_floating_point_v<S>),
        is_hole(NodataTest<S>::around(from.value_or(
            std::is_floating_point_v<S> ? std::numeric_limits<S>::quiet_NaN() : S{}))),
        finish(std::optional<D>(to)) {}

  /// @param pixel what the source pixel has become; changed   @return true if it was moved
  COGMILL_HD bool operator()(S source, D& pixel) const {
    const std::uint8_t valid = validity(source);
    const bool moved = finish.collides(pixel, valid);
    pixel = finish(pixel, valid);
    return moved;
  }

  /// The same for the two parts of a complex pixel, of which the first decides.
  /// @param pixel may be source
  COGMILL_HD bool complex(const S* source, D* pixel) const {
    return finish.complex(pixel, validity(source[0]));
  }

 private:
  COGMILL_HD std::uint8_t validity(S source) const { return has_holes && is_hole(source) ? 0 : 1; }
};

}  // namespace cogmill::kernels
