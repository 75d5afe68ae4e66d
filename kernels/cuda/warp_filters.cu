// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/warp_families.hpp"
#include "kernels/cuda/warp_launch.cuh"
#include "kernels/warp/pixel_filter.hpp"

#include <stdexcept>

namespace cogmill::kernels::cuda {
namespace {

/// How many threads share a tile, and the weights of each in shared memory.
struct FilterShape {
  unsigned threads = 0;
  unsigned weights_x = 0;  ///< of a thread, before those of the rows
  unsigned stride = 0;     ///< of threads; odd, so that their weights lie in different banks

  std::size_t bytes() const { return std::size_t{threads} * stride * sizeof(double); }
};

int shared_bytes_of_a_block() {
  int device = 0, bytes = 0;
  check(cudaGetDevice(&device), "find the GPU");
  check(cudaDeviceGetAttribute(&bytes, cudaDevAttrMaxSharedMemoryPerBlockOptin, device),
        "find the GPU's shared memory");
  return bytes;
}

/// Wide kernels leave fewer threads; several blocks on a processor as long as they are not few.
FilterShape shape_of(std::int64_t most_x, std::int64_t most_y) {
  const auto room = static_cast<std::size_t>(shared_bytes_of_a_block());
  FilterShape shape = {128, static_cast<unsigned>(most_x),
                       static_cast<unsigned>(most_x + most_y) | 1U};
  while (shape.threads > 32 && shape.bytes() > room / 4) shape.threads /= 2;
  while (shape.threads > 1 && shape.bytes() > room) shape.threads /= 2;
  if (shape.bytes() > room)
    throw std::invalid_argument("warp_block: too wide a kernel for this GPU");
  return shape;
}

/// As warp_kernel; a thread's columns are a block's width apart.
template <class Pixel>
__global__ void filter_kernel(const __grid_constant__ Pixel pixel, const WarpTiles tiles,
                              const FilterShape shape) {
  extern __shared__ double shared_weights[];
  const warp::PixelJob& job = pixel.pixel_job();
  const unsigned tile_row = blockIdx.x / tiles.across, tile_col = blockIdx.x % tiles.across;
  const std::int64_t tile_first = (tiles.col + tile_col) * WarpTiles::kWidth - job.col;
  const std::int64_t first = (tiles.row + tile_row) * WarpTiles::kHeight - job.row;
  double* const own = shared_weights + (threadIdx.y * blockDim.x + threadIdx.x) * shape.stride;
  warp::FilterWeights weights = {own, own + shape.weights_x};
  MapLeaf leaf;
  for (unsigned c = threadIdx.x; c < WarpTiles::kWidth; c += blockDim.x)
    for (unsigned r = threadIdx.y; r < WarpTiles::kHeight; r += blockDim.y) {
      const warp::PixelAt at = {tile_first + c, first + r};
      if (at.col >= 0 && at.col < job.width && at.row >= 0 && at.row < job.height)
        pixel(at, leaf, weights);
    }
}

template <class Pixel>
void launch_filter(const Pixel& pixel, Stream stream) {
  static_assert(kIsParameter<Pixel>);
  const char* const doing = "resample by a kernel on the GPU";
  const FilterShape shape = shape_of(pixel.across.most(), pixel.down.most());
  const WarpTiles tiles = tiles_of(pixel.pixel_job());
  const unsigned width = shape.threads < WarpTiles::kWidth ? shape.threads : WarpTiles::kWidth;
  check(cudaFuncSetAttribute(filter_kernel<Pixel>, cudaFuncAttributeMaxDynamicSharedMemorySize,
                             static_cast<int>(shape.bytes())),
        doing);
  filter_kernel<<<tiles.across * tiles.down, dim3(width, shape.threads / width), shape.bytes(),
                  stream>>>(pixel, tiles, shape);
  check_launch(doing);
}

}  // namespace

void warp_filters(const warp::PixelGroup& group, Stream stream) {
  warp::visit_filter_pixel(group.job, group.source,
                           [&](const auto& pixel) { launch_filter(pixel, stream); });
}

}  // namespace cogmill::kernels::cuda
