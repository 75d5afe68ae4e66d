// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/complex_view.hpp"
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/masks.hpp"
#include "kernels/warp/nodata_pixel.hpp"

namespace cogmill::kernels::cuda {
namespace {

template <class T>
struct Invalidate {
  PlaneView<const T> pixels;  ///< `step` elements each, of which the first decides
  int step;
  T nodata;
  bool is_nan;
  PlaneView<std::uint8_t> valid;

  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const T pixel = pixels.row(row)[step * col];
    std::uint8_t& v = valid.row(row)[col];
    v = is_nan ? warp::valid_unless_nan(pixel, v) : warp::valid_unless(nodata, pixel, v);
  }
};

/// Complex pixels: nodata and no imaginary part; valid ones are not moved.
template <class T>
struct FillComplex {
  PlaneView<T> parts;
  PlaneView<const std::uint8_t> valid;
  T nodata;

  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    if (valid.row(row)[col] != 0) return;
    parts.row(row)[2 * col] = nodata;
    parts.row(row)[2 * col + 1] = T{0};
  }
};

constexpr int kAcross = 64, kDown = 4, kWarpSize = 32;

template <class T>
__global__ void finish_kernel(PlaneView<T> pixels, PlaneView<const std::uint8_t> valid,
                              warp::NodataFinish<T> finish, unsigned long long* moved) {
  const std::int64_t col = static_cast<std::int64_t>(blockIdx.x) * kAcross + threadIdx.x;
  const std::int64_t step = static_cast<std::int64_t>(gridDim.y) * kDown;
  unsigned long long count = 0;
  for (std::int64_t row = static_cast<std::int64_t>(blockIdx.y) * kDown + threadIdx.y;
       col < pixels.width && row < pixels.height; row += step) {
    T& pixel = pixels.row(row)[col];
    const T before = pixel;
    const std::uint8_t ok = valid.row(row)[col];
    count += finish.collides(before, ok);
    if (const T after = finish(before, ok); ok == 0 || after != before) pixel = after;
  }
  for (int lanes = kWarpSize / 2; lanes > 0; lanes /= 2)
    count += __shfl_down_sync(0xFFFFFFFFU, count, static_cast<unsigned>(lanes));
  if (moved != nullptr && count > 0 && threadIdx.x % kWarpSize == 0) atomicAdd(moved, count);
}

template <class T>
void finish_real(Plane pixels, PlaneView<const std::uint8_t> valid, const std::optional<T>& nodata,
                 std::uint64_t* moved, Stream stream) {
  constexpr std::int64_t kMostRows = 4096;  // of blocks: each thread counts several rows
  const auto blocks = [](std::int64_t size, std::int64_t block) {
    return (size + block - 1) / block;
  };
  const dim3 grid(static_cast<unsigned>(blocks(pixels.width, kAcross)),
                  static_cast<unsigned>(std::min(blocks(pixels.height, kDown), kMostRows)));
  finish_kernel<<<grid, dim3(kAcross, kDown), 0, stream>>>(
      pixels.as<T>(), valid, warp::NodataFinish<T>(nodata),
      reinterpret_cast<unsigned long long*>(moved));
  check_launch("set nodata on the GPU");
}

}  // namespace

void invalidate_nodata(ConstPlane pixels, const Nodata& nodata, Plane valid, Stream stream) {
  const bool complex = is_complex(pixels.type);
  visit_real_type(component_of(pixels.type), [&]<class T>(T) {
    const std::optional<T> value = nodata.as<T>();
    if (!value) return;
    for_each_pixel(pixels.width, pixels.height, stream, "find nodata on the GPU",
                   Invalidate<T>{complex ? parts_of<T>(pixels) : pixels.as<T>(), complex ? 2 : 1,
                                 *value, !(*value == *value), valid.as<std::uint8_t>()});
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
      for_each_pixel(pixels.width, pixels.height, stream, "set nodata on the GPU",
                     FillComplex<T>{parts_of<T>(pixels), ok, value.value_or(T{0})});
    else
      finish_real<T>(pixels, ok, value, moved, stream);
  });
}

}  // namespace cogmill::kernels::cuda
