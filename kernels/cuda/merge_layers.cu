// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/merge_layers.hpp"
#include "kernels/merge_pixel.hpp"

#include <limits>

namespace cogmill::kernels::cuda {
namespace {

template <class T, class Take>
struct Merge {
  PlaneView<const T> layer;
  PlaneView<const std::uint8_t> data;
  PlaneView<T> into;
  PlaneView<std::uint8_t> valid;
  Take take;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    const T pixel = layer.row(row)[col];
    if (has_data(pixel, data.row(row)[col])) take(pixel, into.row(row)[col], valid.row(row)[col]);
  }
};

template <class T>
struct AddUp {
  PlaneView<const T> layer;
  PlaneView<const std::uint8_t> data;
  PlaneView<double> sum;
  PlaneView<std::uint32_t> count;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    add_pixel(layer.row(row)[col], data.row(row)[col], sum.row(row)[col], count.row(row)[col]);
  }
};

template <class T>
struct Divide {
  PlaneView<const double> sum;
  PlaneView<const std::uint32_t> count;
  PlaneView<T> into;
  PlaneView<std::uint8_t> valid;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    divide_pixel(sum.row(row)[col], count.row(row)[col], into.row(row)[col], valid.row(row)[col]);
  }
};

/// PixelBounds as atomics take them: nothing yet.
struct Bounds {
  static constexpr unsigned long long kFar = std::numeric_limits<unsigned long long>::max();
  unsigned long long col = kFar, row = kFar, col_end = 0, row_end = 0;
};

struct FindGaps {
  PlaneView<const std::uint8_t> valid;
  Bounds* bounds;
  __device__ void operator()(std::int64_t col, std::int64_t row) const {
    if (valid.row(row)[col] != 0) return;
    // Most gaps lie inside what is known already: reading is cheaper than an atomic.
    const volatile Bounds& known = *bounds;
    const auto c = static_cast<unsigned long long>(col), r = static_cast<unsigned long long>(row);
    if (c < known.col) atomicMin(&bounds->col, c);
    if (r < known.row) atomicMin(&bounds->row, r);
    if (c + 1 > known.col_end) atomicMax(&bounds->col_end, c + 1);
    if (r + 1 > known.row_end) atomicMax(&bounds->row_end, r + 1);
  }
};

}  // namespace

void merge_layer(MergeMethod method, ConstPlane layer, ConstPlane layer_valid, Plane into,
                 Plane valid, Stream stream) {
  visit_merge(method, layer.type, [&]<class T, class Take>(T, Take take) {
    for_each_pixel(layer.width, layer.height, stream, "merge images on the GPU",
                   Merge<T, Take>{layer.as<T>(), layer_valid.as<std::uint8_t>(), into.as<T>(),
                                  valid.as<std::uint8_t>(), take});
  });
}

void add_up(ConstPlane layer, ConstPlane layer_valid, Plane sum, Plane count, Stream stream) {
  visit_real_type(layer.type, [&]<class T>(T) {
    for_each_pixel(layer.width, layer.height, stream, "add up images on the GPU",
                   AddUp<T>{layer.as<T>(), layer_valid.as<std::uint8_t>(), sum.as<double>(),
                            count.as<std::uint32_t>()});
  });
}

void divide_sums(ConstPlane sum, ConstPlane count, Plane into, Plane valid, Stream stream) {
  visit_real_type(into.type, [&]<class T>(T) {
    for_each_pixel(into.width, into.height, stream, "average images on the GPU",
                   Divide<T>{sum.as<double>(), count.as<std::uint32_t>(), into.as<T>(),
                             valid.as<std::uint8_t>()});
  });
}

PixelBounds GapFinder::find(std::span<const Plane> valid, Stream stream) {
  Bounds bounds;
  auto* const there = reinterpret_cast<Bounds*>(bounds_.reserve(sizeof bounds));
  upload(std::as_bytes(std::span(&bounds, 1)), bounds_.data(), stream);
  for (const ConstPlane plane : valid)
    for_each_pixel(plane.width, plane.height, stream, "find gaps on the GPU",
                   FindGaps{plane.as<std::uint8_t>(), there});
  check(cudaMemcpyAsync(&bounds, there, sizeof bounds, cudaMemcpyDeviceToHost, stream),
        "read where gaps are on the GPU");
  check(cudaStreamSynchronize(stream), "wait for gaps on the GPU");
  if (bounds.row_end == 0) return {};
  return {static_cast<std::int64_t>(bounds.col), static_cast<std::int64_t>(bounds.row),
          static_cast<std::int64_t>(bounds.col_end), static_cast<std::int64_t>(bounds.row_end)};
}

}  // namespace cogmill::kernels::cuda
