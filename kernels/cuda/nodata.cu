// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/complex_view.hpp"
#include "kernels/cuda/count_pixels.cuh"
#include "kernels/cuda/masks.hpp"
#include "kernels/warp/nodata_pixel.hpp"

namespace cogmill::kernels::cuda {
namespace {

template <class T>
struct Invalidate {
  PlaneView<const T> pixels;  ///< `step` elements each, of which the first decides
  int step;
  NodataTest<T> is_hole;
  PlaneView<std::uint8_t> valid;

  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const T pixel = pixels.row(row)[step * col];
    std::uint8_t& v = valid.row(row)[col];
    v = warp::valid_unless(is_hole, pixel, v);
  }
};

template <class T>
struct FinishComplex {
  PlaneView<T> parts;
  PlaneView<const std::uint8_t> valid;
  warp::NodataFinish<T> finish;

  __device__ bool operator()(std::int64_t col, std::int64_t row) const {
    return finish.complex(parts.row(row) + 2 * col, valid.row(row)[col]);
  }
};

template <class T>
struct Finish {
  PlaneView<T> pixels;
  PlaneView<const std::uint8_t> valid;
  warp::NodataFinish<T> finish;

  __device__ bool operator()(std::int64_t col, std::int64_t row) const {
    T& pixel = pixels.row(row)[col];
    const T before = pixel;
    const std::uint8_t ok = valid.row(row)[col];
    if (const T after = finish(before, ok); ok == 0 || after != before) pixel = after;
    return finish.collides(before, ok);
  }
};

}  // namespace

void invalidate_nodata(ConstPlane pixels, const Nodata& nodata, Plane valid, Stream stream) {
  const bool complex = is_complex(pixels.type);
  visit_real_type(component_of(pixels.type), [&]<class T>(T) {
    const std::optional<T> value = nodata.as<T>();
    if (!value) return;
    for_each_pixel(pixels.width, pixels.height, stream, "find nodata on the GPU",
                   Invalidate<T>{complex ? parts_of<T>(pixels) : pixels.as<T>(), complex ? 2 : 1,
                                 NodataTest<T>::around(*value), valid.as<std::uint8_t>()});
  });
}

void finish_nodata(Plane pixels, ConstPlane valid, const std::optional<Nodata>& nodata,
                   std::uint64_t* moved, Stream stream) {
  if (pixels.width <= 0 || pixels.height <= 0) return;
  const auto ok = valid.as<std::uint8_t>();
  const bool complex = is_complex(pixels.type);
  visit_real_type(component_of(pixels.type), [&]<class T>(T) {
    const std::optional<T> value = nodata ? nodata->as<T>() : std::nullopt;
    if (complex)
      count_pixels(pixels.width, pixels.height, stream, "set nodata on the GPU", moved,
                   FinishComplex<T>{parts_of<T>(pixels), ok, warp::NodataFinish<T>(value)});
    else
      count_pixels(pixels.width, pixels.height, stream, "set nodata on the GPU", moved,
                   Finish<T>{pixels.as<T>(), ok, warp::NodataFinish<T>(value)});
  });
}

}  // namespace cogmill::kernels::cuda
