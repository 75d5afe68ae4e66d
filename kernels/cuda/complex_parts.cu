// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/complex_parts.hpp"
#include "kernels/cuda/launch.cuh"

namespace cogmill::kernels::cuda {
namespace {

/// One part of a complex pixel after the other: two of them lie side by side.
template <class T>
struct Part {
  T* first;
  std::int64_t stride;  ///< [elements]
  COGMILL_HD T& at(std::int64_t col, std::int64_t row) const {
    return first[row * stride + 2 * col];
  }
};

template <class T, class Byte>
auto part_of(const BasicPlane<Byte>& pixels, int part) {
  using Element = std::conditional_t<std::is_const_v<Byte>, const T, T>;
  return Part<Element>{reinterpret_cast<Element*>(pixels.data) + part, 2 * pixels.stride};
}

template <class T>
struct Take {
  Part<const T> from;
  PlaneView<T> to;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    to.row(row)[col] = from.at(col, row);
  }
};

template <class T>
struct Put {
  PlaneView<const T> from;
  PlaneView<const std::uint8_t> valid;
  Part<T> to;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    if (valid.row(row)[col] != 0) to.at(col, row) = from.row(row)[col];
  }
};

}  // namespace

void take_part(ConstPlane pixels, int part, Plane to, Stream stream) {
  visit_real_type(to.type, [&]<class T>(T) {
    for_each_pixel(to.width, to.height, stream, "split complex pixels on the GPU",
                   Take<T>{part_of<T>(pixels, part), to.as<T>()});
  });
}

void put_part(ConstPlane from, ConstPlane valid, int part, Plane pixels, Stream stream) {
  visit_real_type(from.type, [&]<class T>(T) {
    for_each_pixel(from.width, from.height, stream, "join complex pixels on the GPU",
                   Put<T>{from.as<T>(), valid.as<std::uint8_t>(), part_of<T>(pixels, part)});
  });
}

}  // namespace cogmill::kernels::cuda
