// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/warp.hpp"

#include "kernels/cuda/check.hpp"
#include "kernels/cuda/warp_families.hpp"
#include "kernels/warp/pixel_groups.hpp"
#include "kernels/warp/warp_job.hpp"
#include "kernels/warp/warp_weights.hpp"

#include <cuda_runtime_api.h>

#include <stdexcept>
#include <vector>

namespace cogmill::kernels::cuda {
namespace {

using warp::Job;
using warp::PixelGroup;

void clear(const Plane& mask, Stream stream) {
  if (mask.data == nullptr || mask.width <= 0 || mask.height <= 0) return;
  check(cudaMemset2DAsync(mask.data, static_cast<std::size_t>(mask.stride), 0,
                          static_cast<std::size_t>(mask.width),
                          static_cast<std::size_t>(mask.height), stream),
        "clear a mask on the GPU");
}

void set_all_invalid(std::span<const WarpBand> bands, Stream stream) {
  for (const WarpBand& band : bands) clear(band.target_valid, stream);
}

bool is_filter(const WarpKernel& kernel) {
  return kernel.resampling != WarpResampling::kNearest && !takes_boxes(kernel.resampling) &&
         !warp::takes_few_samples(kernel);
}

/// @return whether there is room for the weights of a pixel
bool fits(const WarpKernel& kernel) {
  if (!is_filter(kernel)) return true;
  const auto weights = [&](double scale) {
    return 2 * warp::radius_of(kernel.resampling, scale) + 1;
  };
  constexpr double kWide = 0.001;  // beyond it a radius may be any number
  return kernel.x_scale > kWide && kernel.y_scale > kWide &&
         weights(kernel.x_scale) + weights(kernel.y_scale) <= kMostFilterWeights;
}

void run(const WarpKernel& kernel, const PixelGroup& group, Stream stream) {
  const WarpResampling r = kernel.resampling;
  if (r == WarpResampling::kNearest)
    warp_nearest(group, stream);
  else if (is_filter(kernel))
    warp_filters(group, stream);
  else if (!takes_boxes(r))
    warp_points(group, stream);
  else if (r == WarpResampling::kSum)
    warp_sums(group, stream);
  else if (r == WarpResampling::kAverage || r == WarpResampling::kRms)
    warp_means(group, stream);
  else
    warp_picks(group, stream);
}

}  // namespace

bool can_warp(const WarpKernel& kernel, std::span<const DataType> types) {
  return fits(kernel) && warp::has_pixel_functor(kernel, types, types.size());
}

void warp_block(const WarpKernel& kernel, const WarpSourceGeometry& geometry, const DeviceMap& map,
                std::int64_t col, std::int64_t row, std::span<const WarpBand> bands,
                Stream stream) {
  if (bands.empty()) return;
  warp::check_call(kernel, geometry, bands);
  if (!fits(kernel)) throw std::invalid_argument("warp_block: too wide a kernel for the GPU");
  const Job job = warp::job_of(kernel, geometry, nullptr, col, row, bands);
  if (job.width <= 0 || job.height <= 0) return;
  if (job.is_empty()) return set_all_invalid(bands, stream);
  for (const PixelGroup& group : warp::pixel_groups(job, map.view())) run(kernel, group, stream);
}

}  // namespace cogmill::kernels::cuda
