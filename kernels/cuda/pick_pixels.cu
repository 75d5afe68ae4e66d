// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/pick_pixels.hpp"

namespace cogmill::kernels::cuda {
namespace {

template <class T>
struct Pick {
  PickPart part;
  PlaneView<const T> from;
  PlaneView<T> to;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    to.row(row)[col] = from.row(part.down.place(part.picture_row + row) -
                                part.row)[part.across.place(part.picture_col + col) - part.col];
  }
};

}  // namespace

void pick_pixels(const PickPart& part, ConstPlane from, Plane to, Stream stream) {
  visit_pixel_size(size_bytes(from.type), [&]<class T>(T) {
    for_each_pixel(to.width, to.height, stream, "pick pixels on the GPU",
                   Pick<T>{part, from.as<T>(), to.as<T>()});
  });
}

}  // namespace cogmill::kernels::cuda
