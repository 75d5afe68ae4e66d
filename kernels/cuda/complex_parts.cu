// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/complex_view.hpp"
#include "kernels/cuda/complex_parts.hpp"
#include "kernels/cuda/launch.cuh"

namespace cogmill::kernels::cuda {
namespace {

template <class T>
struct Take {
  PlaneView<const T> parts;
  int part;
  PlaneView<T> to;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    to.row(row)[col] = parts.row(row)[2 * col + part];
  }
};

template <class T>
struct Put {
  PlaneView<const T> from;
  PlaneView<const std::uint8_t> valid;
  PlaneView<T> parts;
  int part;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    if (valid.row(row)[col] != 0) parts.row(row)[2 * col + part] = from.row(row)[col];
  }
};

}  // namespace

void take_part(ConstPlane pixels, int part, Plane to, Stream stream) {
  visit_real_type(to.type, [&]<class T>(T) {
    for_each_pixel(to.width, to.height, stream, "split complex pixels on the GPU",
                   Take<T>{parts_of<T>(pixels), part, to.as<T>()});
  });
}

void put_part(ConstPlane from, ConstPlane valid, int part, Plane pixels, Stream stream) {
  visit_real_type(from.type, [&]<class T>(T) {
    for_each_pixel(from.width, from.height, stream, "join complex pixels on the GPU",
                   Put<T>{from.as<T>(), valid.as<std::uint8_t>(), parts_of<T>(pixels), part});
  });
}

}  // namespace cogmill::kernels::cuda
