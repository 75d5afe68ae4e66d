// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/pick_pixels.hpp"

#include "kernels/unaligned.hpp"

namespace cogmill::kernels {

void pick_pixels(const PickPart& part, ConstPlane from, Plane to) {
  visit_pixel_size(size_bytes(from.type), [&]<class T>(T) {
    for (std::int64_t row = 0; row < to.height; ++row) {
      const std::byte* const line = from.row(part.down.place(part.picture_row + row) - part.row);
      for (std::int64_t col = 0; col < to.width; ++col)
        store(to.row(row), col,
              load<T>(line, part.across.place(part.picture_col + col) - part.col));
    }
  });
}

}  // namespace cogmill::kernels
