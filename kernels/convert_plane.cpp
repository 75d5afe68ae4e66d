// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/convert_pixel.hpp"
#include "kernels/evaluate.hpp"

#include <cstring>
#include <stdexcept>

namespace cogmill::kernels {
namespace {

void copy_plane(ConstPlane src, Plane dst) {
  const auto row_bytes = static_cast<std::size_t>(src.width * size_bytes(src.type));
  for (std::int64_t r = 0; r < src.height; ++r) std::memcpy(dst.row(r), src.row(r), row_bytes);
}

template <class From, class To>
void convert_pixels(PlaneView<const From> src, PlaneView<To> dst) {
  for (std::int64_t r = 0; r < src.height; ++r) {
    const From* from = src.row(r);
    To* to = dst.row(r);
    for (std::int64_t c = 0; c < src.width; ++c) to[c] = convert_pixel<To>(from[c]);
  }
}

}  // namespace

void convert_plane(ConstPlane src, Plane dst) {
  if (src.width != dst.width || src.height != dst.height)
    throw std::invalid_argument("convert_plane: the planes differ in size");
  if (src.width <= 0 || src.height <= 0) return;
  if (src.type == dst.type) return copy_plane(src, dst);
  visit_real_type(src.type, [&]<class From>(From) {
    visit_real_type(dst.type, [&]<class To>(To) { convert_pixels(src.as<From>(), dst.as<To>()); });
  });
}

}  // namespace cogmill::kernels
