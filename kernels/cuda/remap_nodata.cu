// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/count_pixels.cuh"
#include "kernels/cuda/remap_nodata.hpp"
#include "kernels/remap_pixel.hpp"

namespace cogmill::kernels::cuda {
namespace {

template <class S, class D>
struct Remap {
  PlaneView<const S> src;
  PlaneView<D> dst;
  RemapPixel<S, D> remap;
  __device__ bool operator()(std::int64_t col, std::int64_t row) const {
    return remap(src.row(row)[col], dst.row(row)[col]);
  }
};

}  // namespace

void remap_nodata(ConstPlane src, const std::optional<Nodata>& from, Plane dst, const Nodata& to,
                  std::uint64_t* moved, Stream stream) {
  visit_real_type(src.type, [&]<class S>(S) {
    visit_real_type(dst.type, [&]<class D>(D) {
      const auto new_value = to.as<D>();
      if (!new_value) return;
      const RemapPixel<S, D> remap(from ? from->as<S>() : std::nullopt, *new_value);
      count_pixels(src.width, src.height, stream, "replace nodata on the GPU", moved,
                   Remap<S, D>{src.as<S>(), dst.as<D>(), remap});
    });
  });
}

}  // namespace cogmill::kernels::cuda
