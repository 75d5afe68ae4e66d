// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/pack_text.hpp"
#include "kernels/cuda/pack_tiles.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <vector>

namespace cogmill::kernels::cuda {
namespace {

constexpr std::int64_t kMostTiles = 65535;  // blocks of a grid's second axis

template <class T, unsigned Samples, Predictor P>
__global__ void pack_kernel(const __grid_constant__ PackJob job) {
  const auto groups = static_cast<std::uint32_t>(groups_of_row<T, Samples, P>(job));
  const std::uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  const std::uint32_t row = i / groups;
  if (row >= job.run.tile_height) return;
  for (std::int64_t tile = blockIdx.y; tile < job.run.count; tile += gridDim.y)
    pack_group<T, Samples, P>(job, tile, row, i - row * groups);
}

/// A plane, the pixel that all its pixels may be, and a row of its flags.
struct ConstantPlane {
  PackPlane plane;
  PixelPattern pattern;
};

struct ConstantJob {
  const ConstantPlane* planes;
  std::int64_t width, height;
  TileRun run;
  std::uint8_t* flags;
  unsigned count;  ///< of planes
};

/// One row of blocks for each tile and plane; each block looks at some of the tile's rows. Most
/// tiles are not constant and their first row says so.
template <class T, unsigned Parts>
__global__ void find_kernel(const __grid_constant__ ConstantJob job) {
  for (std::int64_t i = blockIdx.y; i < job.run.count * job.count; i += gridDim.y) {
    const ConstantPlane& plane = job.planes[i % job.count];
    const TileWindow window =
        window_of(job.run, job.run.first + i / job.count, job.width, job.height);
    volatile std::uint8_t* flag = job.flags + i;
    for (std::int64_t row = std::int64_t{blockIdx.x} * blockDim.y + threadIdx.y;
         row < window.height && *flag != 0; row += std::int64_t{gridDim.x} * blockDim.y)
      for (std::int64_t at = threadIdx.x * kCompared<T>; at < window.width * Parts;
           at += blockDim.x * kCompared<T>)
        if (differs<T, Parts>(plane.plane, plane.pattern, window, row, at)) *flag = 0;
  }
}

__global__ void mask_kernel(PlaneView<const std::uint8_t> mask, const __grid_constant__ TileRun run,
                            std::byte* bits) {
  const auto row_bytes = static_cast<std::uint32_t>((run.tile_width + 7) / 8);
  const std::uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  const std::uint32_t row = i / row_bytes;
  if (row >= run.tile_height) return;
  for (std::int64_t tile = blockIdx.y; tile < run.count; tile += gridDim.y)
    bits[tile * run.tile_height * row_bytes + i] = static_cast<std::byte>(
        mask_bits(mask.data, mask.stride, window_of(run, run.first + tile, mask.width, mask.height),
                  row, i - row * row_bytes));
}

unsigned rows_of_grid(std::int64_t tiles) {
  return static_cast<unsigned>(std::min(tiles, kMostTiles));
}

/// Blocks of threads for all groups of a tile.
unsigned blocks_for(std::int64_t groups) {
  if (groups > std::numeric_limits<std::int32_t>::max())
    throw std::invalid_argument("a tile is too large for the GPU");
  return static_cast<unsigned>((groups + kThreadsPerBlock - 1) / kThreadsPerBlock);
}

void check_predictor(Predictor predictor, DataType type, const TileRun& run) {
  if (predictor == Predictor::kFloatingPoint && !is_floating(type))
    throw std::invalid_argument("this predictor cannot work on this pixel type");
  if (run.tile_width % 16 != 0)
    throw std::invalid_argument("the width of a tile is no multiple of 16");
}

PixelPattern pattern_of(const std::byte* pixel, std::int64_t bytes) {
  PixelPattern pattern;
  std::memcpy(pattern.words, pixel, static_cast<std::size_t>(bytes));
  return pattern;
}

template <class E>
const E* put(DeviceBuffer& buffer, const std::vector<E>& elements, Stream stream) {
  const auto bytes = std::as_bytes(std::span<const E>(elements));
  std::byte* to = buffer.reserve(static_cast<std::int64_t>(bytes.size()));
  upload(bytes, to, stream);
  return reinterpret_cast<const E*>(to);
}

}  // namespace

void TilePacker::pack(std::span<const ConstPlane> planes, const TileRun& run, Predictor predictor,
                      std::byte* tiles, Stream stream) {
  if (planes.empty() || run.count <= 0) return;
  const DataType type = planes[0].type;
  check_predictor(predictor, type, run);
  std::vector<PackPlane> table;
  for (const ConstPlane& plane : planes) table.push_back({plane.data, plane.stride});
  const unsigned components = is_complex(type) ? 2 : 1;
  const auto samples = static_cast<unsigned>(planes.size()) * components;
  const PackJob job = {put(planes_, table, stream),
                       planes[0].width,
                       planes[0].height,
                       run,
                       components,
                       samples,
                       tiles};
  visit_pack(predictor, size_bytes(type) / components, samples,
             [&]<class T, unsigned Samples, Predictor P>() {
               const unsigned blocks =
                   blocks_for(groups_of_row<T, Samples, P>(job) * run.tile_height);
               pack_kernel<T, Samples, P>
                   <<<dim3(blocks, rows_of_grid(run.count)), kThreadsPerBlock, 0, stream>>>(job);
               check_launch("pack tiles on the GPU");
             });
}

void TilePacker::find_constant(std::span<const ConstPlane> planes, const TileRun& run,
                               std::span<const std::byte* const> pixels, std::uint8_t* flags,
                               Stream stream) {
  if (planes.empty() || run.count <= 0) return;
  const std::int64_t bytes = size_bytes(planes[0].type);
  std::vector<ConstantPlane> table;
  for (std::size_t i = 0; i < planes.size(); ++i)
    table.push_back({{planes[i].data, planes[i].stride}, pattern_of(pixels[i], bytes)});
  const auto count = static_cast<unsigned>(planes.size());
  const ConstantJob job = {
      put(constant_planes_, table, stream), planes[0].width, planes[0].height, run, flags, count};
  check(cudaMemsetAsync(flags, 1, static_cast<std::size_t>(run.count) * count, stream),
        "clear flags on the GPU");
  const dim3 threads(32, 8);
  const dim3 blocks(static_cast<unsigned>((run.tile_height + 63) / 64),
                    rows_of_grid(run.count * count));
  visit_parts(bytes, [&]<class T, unsigned Parts>() {
    find_kernel<T, Parts><<<blocks, threads, 0, stream>>>(job);
    check_launch("look for empty tiles on the GPU");
  });
}

void pack_mask_bits(ConstPlane mask, const TileRun& run, std::byte* bits, Stream stream) {
  if (run.count <= 0) return;
  const unsigned blocks = blocks_for((run.tile_width + 7) / 8 * run.tile_height);
  mask_kernel<<<dim3(blocks, rows_of_grid(run.count)), kThreadsPerBlock, 0, stream>>>(
      mask.as<std::uint8_t>(), run, bits);
  check_launch("pack masks on the GPU");
}

}  // namespace cogmill::kernels::cuda
