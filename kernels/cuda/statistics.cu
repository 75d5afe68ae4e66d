// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/statistics.hpp"
#include "kernels/cuda/statistics_text.hpp"

#include <algorithm>
#include <cstring>

namespace cogmill::kernels::cuda {
namespace {

constexpr char kDoing[] = "measure tiles on the GPU";
constexpr unsigned kAllLanes = 0xFFFFFFFF;
constexpr unsigned kWarp = 32, kWarps = 8;
constexpr std::int64_t kMostRows = 65535;  // blocks of a grid's second axis
constexpr std::int64_t kSlab = 64;         // rows of a tile that a block of threads takes

template <class V>
__device__ V from_lane(V value, unsigned lane, unsigned width = kWarp) {
  if constexpr (std::is_same_v<V, double>)
    return __shfl_sync(kAllLanes, value, static_cast<int>(lane), static_cast<int>(width));
  else
    return static_cast<V>(__shfl_sync(kAllLanes, static_cast<long long>(value),
                                      static_cast<int>(lane), static_cast<int>(width)));
}

template <class T>
__device__ PartSums<T> from_lane(const PartSums<T>& sums, unsigned lane) {
  PartSums<T> other;
  other.count = from_lane(sums.count, lane);
  other.minimum = from_lane(sums.minimum, lane);
  other.maximum = from_lane(sums.maximum, lane);
  other.sum_low = from_lane(sums.sum_low, lane);
  other.sum_high = from_lane(sums.sum_high, lane);
  other.squares_low = from_lane(sums.squares_low, lane);
  other.squares_high = from_lane(sums.squares_high, lane);
  return other;
}

template <class V>
__device__ auto* atomic_word(V& value) {
  return reinterpret_cast<unsigned long long*>(&value);
}

template <class T>
__device__ void add_atomically(PartSums<T>& to, const PartSums<T>& sums) {
  using Word = std::conditional_t<std::is_same_v<T, std::uint64_t>, unsigned long long, long long>;
  atomicAdd(atomic_word(to.count), static_cast<unsigned long long>(sums.count));
  atomicMin(reinterpret_cast<Word*>(&to.minimum), static_cast<Word>(sums.minimum));
  atomicMax(reinterpret_cast<Word*>(&to.maximum), static_cast<Word>(sums.maximum));
  atomicAdd(atomic_word(to.sum_low), static_cast<unsigned long long>(sums.sum_low));
  atomicAdd(atomic_word(to.sum_high), static_cast<unsigned long long>(sums.sum_high));
  atomicAdd(atomic_word(to.squares_low), static_cast<unsigned long long>(sums.squares_low));
  atomicAdd(atomic_word(to.squares_high), static_cast<unsigned long long>(sums.squares_high));
}

template <class T>
struct Clear {
  PartSums<T>* sums;
  COGMILL_HD void operator()(std::int64_t i) const { sums[i] = {}; }
};

template <class T>
__global__ void __launch_bounds__(kWarp* kWarps)
    sum_kernel(const __grid_constant__ StatisticsJob job, PartSums<T>* results) {
  for (std::int64_t i = blockIdx.y; i < job.count(); i += gridDim.y) {
    const TilePixels<T> pixels(job, i);
    const std::int64_t first = blockIdx.x * kSlab;
    if (first >= pixels.height()) continue;
    PartSums<T> sums;
    for (std::int64_t row = first + threadIdx.y; row < std::min(first + kSlab, pixels.height());
         row += kWarps)
      for (std::int64_t x = threadIdx.x * kMeasured<T>; x < pixels.width();
           x += kWarp * kMeasured<T>)
        add_pixels(pixels, x, row, sums);
    for (unsigned half = kWarp / 2; half > 0; half /= 2)
      sums.add(from_lane(sums, threadIdx.x ^ half));
    if (threadIdx.x == 0 && sums.count > 0) add_atomically(results[i], sums);
  }
}

/// The second pass of 64-bit pixels, one warp for a tile: the squares side by side, their sum in
/// the order of pixels.
template <class T>
__global__ void deviation_kernel(const __grid_constant__ StatisticsJob job, PartSums<T>* results) {
  const std::int64_t i = blockIdx.x;
  if (results[i].count == 0) return;
  const TilePixels<T> pixels(job, i);
  const WideDeviation<T> deviation(results[i].exact());
  double sum = 0;
  for (std::int64_t row = 0; row < pixels.height(); ++row)
    for (std::int64_t first = 0; first < pixels.width(); first += kWarp) {
      const std::int64_t x = first + threadIdx.x;
      T value[1];
      const bool counts = x < pixels.width() && pixels.read(x, row, value) != 0;
      const double squared = counts ? deviation.squared(value[0]) : 0.0;
      for (unsigned lane = 0; lane < kWarp; ++lane) sum += from_lane(squared, lane);
    }
  if (threadIdx.x == 0) results[i].squared_deviation = sum;
}

/// Eight threads for a piece of a row, four pieces for a warp.
template <class T>
__global__ void __launch_bounds__(kWarp* kWarps)
    piece_kernel(const __grid_constant__ StatisticsJob job, Statistics* results) {
  constexpr auto kLanes = static_cast<unsigned>(kStatisticsLanes);
  const Pieces pieces(job.run.tile_width);
  const std::int64_t of_tile = job.run.tile_height * pieces.per_row;
  const unsigned lane = threadIdx.x % kLanes;
  const std::int64_t piece = (std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x) / kLanes;
  const std::int64_t row = piece / pieces.per_row;
  const std::int64_t begin = piece % pieces.per_row * kStatisticsBlock;
  for (std::int64_t i = blockIdx.y; i < job.count(); i += gridDim.y) {
    const TilePixels<T> pixels(job, i);
    const bool inside = row < pixels.height() && begin < pixels.width();
    const LaneSums own = inside ? sums_of_lane(pixels, row, begin, lane) : LaneSums{};
    LaneSums lanes[kLanes];
    for (unsigned l = 0; l < kLanes; ++l)
      lanes[l] = {from_lane(own.low, l, kLanes), from_lane(own.high, l, kLanes),
                  from_lane(own.sum, l, kLanes), from_lane(own.count, l, kLanes)};
    Statistics result = combine_lanes(lanes);
    const double squares = inside ? squares_of_lane(pixels, row, begin, lane, result.mean) : 0.0;
    double of_lanes[kLanes];
    for (unsigned l = 0; l < kLanes; ++l) of_lanes[l] = from_lane(squares, l, kLanes);
    result.sum_squared_deviation = result.count == 0 ? 0.0 : combine_squares(of_lanes);
    if (inside && lane == 0) results[i * of_tile + piece] = result;
  }
}

/// One warp for a tile: it fetches its pieces side by side and combines them one after another.
__global__ void combine_kernel(const __grid_constant__ StatisticsJob job, const Statistics* pieces,
                               Statistics* results) {
  __shared__ Statistics fetched[kWarp];
  const std::int64_t i = blockIdx.x;
  const TileWindow window = job.window(i);
  const std::int64_t per_row = Pieces(job.run.tile_width).per_row;
  const std::int64_t used = Pieces(window.width).per_row;  // the window may end before the tile
  const std::int64_t count = window.height * used;
  const Statistics* from = pieces + i * job.run.tile_height * per_row;
  Statistics result;
  for (std::int64_t first = 0; first < count; first += kWarp) {
    const std::int64_t at = first + threadIdx.x;
    if (at < count) fetched[threadIdx.x] = from[at / used * per_row + at % used];
    __syncwarp();
    if (threadIdx.x == 0)
      for (std::int64_t k = 0; k < std::min<std::int64_t>(kWarp, count - first); ++k)
        result.combine(fetched[k]);
    __syncwarp();
  }
  if (threadIdx.x == 0) results[i] = result;
}

unsigned blocks_of(std::int64_t items, std::int64_t each) {
  return static_cast<unsigned>((items + each - 1) / each);
}

template <std::integral T>
void launch(const StatisticsJob& job, DeviceBuffer&, DeviceBuffer& results, Stream stream) {
  auto* sums = reinterpret_cast<PartSums<T>*>(
      results.reserve(job.count() * static_cast<std::int64_t>(sizeof(PartSums<T>))));
  for_each(job.count(), stream, kDoing, Clear<T>{sums});
  const dim3 blocks(blocks_of(job.run.tile_height, kSlab),
                    static_cast<unsigned>(std::min(job.count(), kMostRows)));
  sum_kernel<T><<<blocks, dim3(kWarp, kWarps), 0, stream>>>(job, sums);
  check_launch(kDoing);
  if constexpr (PartSums<T>::kWide) {
    deviation_kernel<T><<<static_cast<unsigned>(job.count()), kWarp, 0, stream>>>(job, sums);
    check_launch(kDoing);
  }
}

template <std::floating_point T>
void launch(const StatisticsJob& job, DeviceBuffer& pieces, DeviceBuffer& results, Stream stream) {
  constexpr auto kBytes = static_cast<std::int64_t>(sizeof(Statistics));
  const std::int64_t of_tile = job.run.tile_height * Pieces(job.run.tile_width).per_row;
  auto* parts = reinterpret_cast<Statistics*>(pieces.reserve(job.count() * of_tile * kBytes));
  auto* whole = reinterpret_cast<Statistics*>(results.reserve(job.count() * kBytes));
  const dim3 blocks(blocks_of(of_tile * kStatisticsLanes, kWarp * kWarps),
                    static_cast<unsigned>(std::min(job.count(), kMostRows)));
  piece_kernel<T><<<blocks, kWarp * kWarps, 0, stream>>>(job, parts);
  check_launch(kDoing);
  combine_kernel<<<static_cast<unsigned>(job.count()), kWarp, 0, stream>>>(job, parts, whole);
  check_launch(kDoing);
}

template <class E>
std::vector<E> download(const DeviceBuffer& from, std::int64_t count, Stream stream) {
  std::vector<E> host(static_cast<std::size_t>(count));
  check(cudaMemcpyAsync(host.data(), from.data(), host.size() * sizeof(E), cudaMemcpyDeviceToHost,
                        stream),
        "copy statistics from the GPU");
  check(cudaStreamSynchronize(stream), kDoing);
  return host;
}

}  // namespace

void TileStatistics::measure(std::span<const ConstPlane> planes,
                             std::span<const std::optional<Nodata>> nodata, ConstPlane mask,
                             const TileRun& run, Stream stream) {
  count_ = run.count * static_cast<std::int64_t>(planes.size());
  if (count_ <= 0) return;
  type_ = planes[0].type;
  std::vector<MeasuredPlane> table;
  for (std::size_t i = 0; i < planes.size(); ++i)
    table.push_back({planes[i].data, planes[i].stride, bind_nodata(nodata[i], type_)});
  const auto bytes = std::as_bytes(std::span<const MeasuredPlane>(table));
  std::byte* on_device = planes_.reserve(static_cast<std::int64_t>(bytes.size()));
  upload(bytes, on_device, stream);
  const StatisticsJob job{reinterpret_cast<const MeasuredPlane*>(on_device),
                          static_cast<std::int64_t>(planes.size()),
                          planes[0].width,
                          planes[0].height,
                          mask.as<std::uint8_t>(),
                          run};
  visit_real_type(type_, [&]<class T>(T) { launch<T>(job, pieces_, results_, stream); });
}

std::vector<Statistics> TileStatistics::read(Stream stream) {
  if (count_ <= 0) return {};
  return visit_real_type(type_, [&]<class T>(T) {
    if constexpr (std::floating_point<T>) {
      return download<Statistics>(results_, count_, stream);
    } else {
      std::vector<Statistics> all;
      for (const auto& sums : download<PartSums<T>>(results_, count_, stream))
        all.push_back(sums.statistics());
      return all;
    }
  });
}

}  // namespace cogmill::kernels::cuda
