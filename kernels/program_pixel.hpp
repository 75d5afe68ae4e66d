// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/bind_program.hpp"
#include "kernels/convert_pixel.hpp"
#include "kernels/host_device.hpp"
#include "kernels/nodata_test.hpp"
#include "kernels/pixel_ops.hpp"

/// How pixels enter and leave a program's registers.
namespace cogmill::kernels {

/// @param is_hole of the input's nodata
template <class T, class P>
COGMILL_HD inline T number_of(P pixel, const NodataTest<P>& is_hole) {
  const T value = static_cast<T>(pixel);
  return is_hole.matches(pixel) ? ops::kNaN<T> : value;
}

/// What a program's numbers become in a plane of type P.
template <class P>
struct StoreRule {
  P hole;   ///< NaN, always the same bytes, so that the file does not tell which one it was
  P moved;  ///< numbers that come out equal to the nodata value
  bool moves;
  NodataTest<P> test;

  COGMILL_HD explicit StoreRule(const BoundOutput& output)
      : hole(output.nodata.as<P>()),
        moved(output.beside.as<P>()),
        moves(output.beside.present),
        test(NodataTest<P>::around(hole)) {}

  /// @param count of moved pixels, increased
  template <class T, class Count>
  COGMILL_HD P pixel_of(T number, Count& count) const {
    const P value = convert_pixel<P>(number);
    const bool none = ops::is_nan(number);
    const bool collides = moves & !none & test.matches(value);
    count += static_cast<Count>(collides);
    return none ? hole : (collides ? moved : value);
  }
};

}  // namespace cogmill::kernels
