// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/convert_pixel.hpp"
#include "kernels/cuda/convert_plane.hpp"
#include "kernels/cuda/launch.cuh"

#include <stdexcept>

namespace cogmill::kernels::cuda {
namespace {

void copy_plane(ConstPlane src, Plane dst, Stream stream) {
  const auto bytes = static_cast<std::size_t>(size_bytes(src.type));
  const auto pitch = [&](std::int64_t stride) { return static_cast<std::size_t>(stride) * bytes; };
  check(cudaMemcpy2DAsync(dst.data, pitch(dst.stride), src.data, pitch(src.stride),
                          static_cast<std::size_t>(src.width) * bytes,
                          static_cast<std::size_t>(src.height), cudaMemcpyDeviceToDevice, stream),
        "copy pixels on the GPU");
}

template <class From, class To>
struct Convert {
  PlaneView<const From> src;
  PlaneView<To> dst;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    dst.row(row)[col] = convert_pixel<To>(src.row(row)[col]);
  }
};

}  // namespace

void convert_plane(ConstPlane src, Plane dst, Stream stream) {
  if (src.width != dst.width || src.height != dst.height)
    throw std::invalid_argument("convert_plane: the planes differ in size");
  if (src.width <= 0 || src.height <= 0) return;
  if (src.type == dst.type) return copy_plane(src, dst, stream);
  visit_real_type(src.type, [&]<class From>(From) {
    visit_real_type(dst.type, [&]<class To>(To) {
      for_each_pixel(src.width, src.height, stream, "convert pixels on the GPU",
                     Convert<From, To>{src.as<From>(), dst.as<To>()});
    });
  });
}

}  // namespace cogmill::kernels::cuda
