// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/plane.hpp"

#include <cstdint>

namespace cogmill::kernels {

/// Where pixels are picked along one axis of an image: in the middle of each of `picked` equal
/// parts.
///
///     image   0 1 2 3 4 5 6 7 8 9      size 10
///     picked      0     1     2        picked 3: places 1, 5, 8
struct PickAxis {
  std::int64_t size = 1, picked = 1;  ///< of the image and of the picture [px], picked <= size

  /// @return the image's pixel that pixel i of the picture shows
  COGMILL_HD std::int64_t place(std::int64_t i) const { return (2 * i + 1) * size / (2 * picked); }
  /// @return the first pixel of the picture whose place is not before `pixel`
  std::int64_t first_from(std::int64_t pixel) const {
    const std::int64_t over = 2 * picked * pixel - size;
    return over <= 0 ? 0 : (over + 2 * size - 1) / (2 * size);
  }
};

/// A part of an image, and the part of its picture that is picked there.
struct PickPart {
  PickAxis across, down;
  std::int64_t col = 0, row = 0;                  ///< of the plane's first pixel in the image
  std::int64_t picture_col = 0, picture_row = 0;  ///< of the picked plane's first pixel
};

/// Copies the picked pixels, whatever their type.
/// @pre both planes have one type, and every place lies inside `from`
void pick_pixels(const PickPart& part, ConstPlane from, Plane to);

}  // namespace cogmill::kernels
