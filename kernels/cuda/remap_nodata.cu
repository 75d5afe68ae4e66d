// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/complex_view.hpp"
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

template <class T>
struct RemapComplex {
  PlaneView<const T> src;  ///< parts
  PlaneView<T> dst;
  RemapPixel<T, T> remap;
  __device__ bool operator()(std::int64_t col, std::int64_t row) const {
    return remap.complex(src.row(row) + 2 * col, dst.row(row) + 2 * col);
  }
};

void remap_complex(ConstPlane src, const std::optional<Nodata>& from, Plane dst, const Nodata& to,
                   std::uint64_t* moved, Stream stream) {
  visit_real_type(component_of(src.type), [&]<class T>(T) {
    const auto new_value = to.as<T>();
    if (!new_value) return;
    const RemapPixel<T, T> remap(from ? from->as<T>() : std::nullopt, *new_value);
    count_pixels(src.width, src.height, stream, "replace nodata on the GPU", moved,
                 RemapComplex<T>{parts_of<T>(src), parts_of<T>(dst), remap});
  });
}

}  // namespace

void remap_nodata(ConstPlane src, const std::optional<Nodata>& from, Plane dst, const Nodata& to,
                  std::uint64_t* moved, Stream stream) {
  if (is_complex(src.type)) return remap_complex(src, from, dst, to, moved, stream);
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
