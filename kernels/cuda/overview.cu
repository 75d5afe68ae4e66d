// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/convolution_text.hpp"
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/overview.hpp"
#include "kernels/cuda/overview_bind.hpp"

#include <stdexcept>

namespace cogmill::kernels::cuda {
namespace {

constexpr char kDoing[] = "compute overviews on the GPU";
constexpr unsigned kColumns = 64;  // of a block of threads
constexpr unsigned kThreadRows = 4;

void reduce_nearest(const OverviewGeometry& g, ConstPlane src, Plane dst, Stream stream) {
  visit_pixel_size(size_bytes(src.type), [&]<class P>(P) {
    for_each_pixel(dst.width, dst.height, stream, kDoing,
                   NearestPixel<P>{g, src.as<P>(), dst.as<P>()});
  });
}

struct FillTaps {
  bool cubic;
  overview::Axis columns, rows;
  OverviewGeometry g;
  TapTable across, down;

  COGMILL_HD void operator()(std::int64_t i) const {
    if (i < across.size)
      fill_taps(cubic, columns, g.dst_col, across, i);
    else
      fill_taps(cubic, rows, g.dst_row, down, i - across.size);
  }
};

/// A block of threads filters the source rows under `rows` rows of its kColumns columns once each,
/// into shared memory, and combines them.
template <class T>
__global__ void __launch_bounds__(kColumns* kThreadRows)
    convolve_kernel(const __grid_constant__ Convolution<T> convolution, unsigned rows,
                    unsigned most_filtered) {
  using Filtered = typename Convolution<T>::Filtered;
  extern __shared__ double values[];
  auto* const flags = reinterpret_cast<bool*>(values + std::size_t{kColumns} * most_filtered);
  const OverviewJob<T>& job = convolution.job;
  const TapTable& taps = convolution.rows;
  const std::int64_t col = std::int64_t{blockIdx.x} * kColumns + threadIdx.x;
  for (std::int64_t first = std::int64_t{blockIdx.y} * rows; first < job.dst.height;
       first += std::int64_t{gridDim.y} * rows) {
    const std::int64_t last = first + rows < job.dst.height ? first + rows - 1 : job.dst.height - 1;
    const std::int64_t begin = taps.begin[first] - job.g.src_row;
    const std::int64_t end = taps.begin[last] + taps.count[last] - job.g.src_row;
    __syncthreads();
    if (col < job.dst.width)
      for (std::int64_t y = begin + threadIdx.y; y < end; y += kThreadRows) {
        const Filtered f = convolution.filter(col, y);
        values[(y - begin) * kColumns + threadIdx.x] = f.value;
        flags[(y - begin) * kColumns + threadIdx.x] = f.ok;
      }
    __syncthreads();
    if (col < job.dst.width)
      for (std::int64_t j = first + threadIdx.y; j <= last; j += kThreadRows)
        job.dst.row(j)[col] = convolution.combine(j, [&](std::int64_t y) {
          const std::int64_t at = (y - begin) * kColumns + threadIdx.x;
          return Filtered{values[at], flags[at]};
        });
  }
}

/// How many rows a block of threads makes, and of how many source rows.
struct Rows {
  unsigned made, filtered;
  std::size_t shared_bytes() const { return std::size_t{kColumns} * filtered * 9; }
};

Rows rows_that_fit(const overview::Axis& axis, std::int64_t taps) {
  constexpr std::size_t kMostBytes = 48 * 1024;
  for (unsigned made = 16; made > 0; made /= 2) {
    const Rows rows = {
        made, static_cast<unsigned>(made * axis.ratio()) + 2 + static_cast<unsigned>(taps)};
    if (rows.shared_bytes() <= kMostBytes) return rows;
  }
  throw std::invalid_argument("an overview's level is too small for the GPU");
}

/// @param pixel makes a result without NaN
template <class T, class Pixel>
void make_again(PlaneView<T> dst, const Pixel& pixel, Stream stream) {
  for_each_pixel(dst.width, dst.height, stream, kDoing, AgainWhereNan<T, Pixel>{pixel, dst});
}

}  // namespace

void OverviewReducer::convolve(bool cubic, const OverviewGeometry& g, ConstPlane src,
                               const Validity& validity, Plane dst, Stream stream) {
  const overview::Axis columns = overview::columns_of(g), rows = overview::rows_of(g);
  const std::int64_t across = most_taps(cubic, columns), down = most_taps(cubic, rows);
  const std::int64_t across_bytes = TapTable::bytes(dst.width, across);
  std::byte* memory = taps_.reserve(across_bytes + TapTable::bytes(dst.height, down));
  const TapTable of_columns(dst.width, across, memory);
  const TapTable of_rows(dst.height, down, memory + across_bytes);
  for_each(dst.width + dst.height, stream, kDoing,
           FillTaps{cubic, columns, rows, g, of_columns, of_rows});
  const Rows shape = rows_that_fit(rows, down);
  const dim3 blocks(static_cast<unsigned>((dst.width + kColumns - 1) / std::int64_t{kColumns}),
                    static_cast<unsigned>(
                        std::min<std::int64_t>((dst.height + shape.made - 1) / shape.made, 65535)));
  visit_real_type(src.type, [&]<class T>(T) {
    const Convolution<T> job{bind_overview<T>(g, src, validity, dst), of_columns, of_rows, cubic};
    convolve_kernel<T><<<blocks, dim3(kColumns, kThreadRows), shape.shared_bytes(), stream>>>(
        job, shape.made, shape.filtered);
    check_launch(kDoing);
    if constexpr (std::is_floating_point_v<T>)
      if (!validity.nodata)
        make_again(dst.as<T>(),
                   ConvolvedPixel<T>{{bind_overview<T>(g, src, without_nan(validity.mask), dst),
                                      of_columns, of_rows, cubic}},
                   stream);
  });
}

void OverviewReducer::reduce(Resampling resampling, const OverviewGeometry& g, ConstPlane src,
                             const Validity& validity, Plane dst, Stream stream) {
  if (dst.width <= 0 || dst.height <= 0) return;
  if (resampling == Resampling::kNearest) return reduce_nearest(g, src, dst, stream);
  if (resampling == Resampling::kBilinear || resampling == Resampling::kCubic)
    return convolve(resampling == Resampling::kCubic, g, src, validity, dst, stream);
  visit_real_type(src.type, [&]<class T>(T) {
    const auto reduce_with = [&](const Validity& used, const auto& launch) {
      const auto job = bind_overview<T>(g, src, used, dst);
      if (resampling == Resampling::kMode)
        launch(mode_of(job));
      else
        visit_average(job, launch);
    };
    reduce_with(validity, [&](const auto& pixel) {
      for_each_pixel(dst.width, dst.height, stream, kDoing, pixel);
    });
    if constexpr (std::is_floating_point_v<T>)
      if (may_leave_out_nan(resampling, src.type, validity))
        reduce_with(without_nan(validity.mask),
                    [&](const auto& pixel) { make_again(dst.as<T>(), pixel, stream); });
  });
}

void OverviewReducer::reduce_mask(Resampling resampling, const OverviewGeometry& g, ConstPlane mask,
                                  Plane dst, Stream stream) {
  Validity validity;
  if (resampling != Resampling::kMode) validity.mask = mask;
  reduce(resampling, g, mask, validity, dst, stream);
  for_each_pixel(dst.width, dst.height, stream, kDoing, Binarize{dst.as<std::uint8_t>()});
}

}  // namespace cogmill::kernels::cuda
