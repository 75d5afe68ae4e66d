// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/check.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/warp/pixel_job.hpp"

#include <cstdint>

/// How the functors of kernels/warp/pixel_*.hpp become kernels.
namespace cogmill::kernels::cuda {

/// The output in tiles that never cross a base cell of the map, so that the threads of a block
/// read one cell; each thread goes down a column and keeps its leaf.
struct WarpTiles {
  static constexpr int kWidth = CoordinateMap::kCell, kHeight = 16;
  static constexpr int kThreadsDown = 2;
  std::int64_t col = 0, row = 0;  ///< first tile
  unsigned across = 0, down = 0;
};

inline WarpTiles tiles_of(const warp::PixelJob& job) {
  WarpTiles tiles;
  tiles.col = job.col / WarpTiles::kWidth;
  tiles.row = job.row / WarpTiles::kHeight;
  const auto end = [](std::int64_t last, std::int64_t size) { return last / size + 1; };
  tiles.across = static_cast<unsigned>(end(job.col + job.width - 1, WarpTiles::kWidth) - tiles.col);
  tiles.down = static_cast<unsigned>(end(job.row + job.height - 1, WarpTiles::kHeight) - tiles.row);
  return tiles;
}

template <class Pixel>
__global__ void __launch_bounds__(WarpTiles::kWidth* WarpTiles::kThreadsDown)
    warp_kernel(const __grid_constant__ Pixel pixel, const WarpTiles tiles) {
  const unsigned tile_row = blockIdx.x / tiles.across, tile_col = blockIdx.x % tiles.across;
  const warp::PixelJob& job = pixel.pixel_job();
  const std::int64_t col = (tiles.col + tile_col) * WarpTiles::kWidth + threadIdx.x - job.col;
  const std::int64_t first = (tiles.row + tile_row) * WarpTiles::kHeight + threadIdx.y - job.row;
  if (col < 0 || col >= job.width) return;
  MapLeaf leaf;
  for (int k = 0; k < WarpTiles::kHeight; k += WarpTiles::kThreadsDown) {
    const std::int64_t row = first + k;
    if (row >= 0 && row < job.height) pixel(warp::PixelAt{col, row}, leaf);
  }
}

/// Kernels for all GPUs have so many bytes of parameters.
template <class Pixel>
inline constexpr bool kIsParameter = sizeof(Pixel) + 64 <= 4096;

/// Computes every pixel of the job.   @pre it has some
template <class Pixel>
void launch_warp(const Pixel& pixel, Stream stream, const char* doing) {
  static_assert(kIsParameter<Pixel>);
  const WarpTiles tiles = tiles_of(pixel.pixel_job());
  const dim3 threads(WarpTiles::kWidth, WarpTiles::kThreadsDown);
  warp_kernel<<<tiles.across * tiles.down, threads, 0, stream>>>(pixel, tiles);
  check_launch(doing);
}

}  // namespace cogmill::kernels::cuda
