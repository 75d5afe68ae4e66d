// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// Runs kernels on planes that are in the GPU's memory already, and prints a JSON line for each: the
// bytes it has to read and to write as GB/s, and milliseconds, the best of several runs by the
// device's own clock.
//   gpu_kernels [SIZE]    of the planes [px], a multiple of 512
#include "kernels/cuda/check.hpp"
#include "kernels/cuda/device_buffer.hpp"
#include "kernels/cuda/evaluate.hpp"
#include "kernels/cuda/overview.hpp"
#include "kernels/cuda/pack_tiles.hpp"
#include "kernels/cuda/statistics.hpp"
#include "kernels/cuda/unpack_blocks.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace cogmill::kernels;

constexpr int kRuns = 20;
constexpr std::int64_t kTile = 512;

/// Time on the device between two points of a stream.
class Clock {
 public:
  Clock() {
    cuda::check(cudaEventCreate(&start_), "create an event");
    cuda::check(cudaEventCreate(&stop_), "create an event");
  }
  ~Clock() {
    cudaEventDestroy(start_);
    cudaEventDestroy(stop_);
  }
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

  double milliseconds(const std::function<void()>& work) {
    float ms = 0;
    cuda::check(cudaEventRecord(start_, nullptr), "start the clock");
    work();
    cuda::check(cudaEventRecord(stop_, nullptr), "stop the clock");
    cuda::check(cudaEventSynchronize(stop_), "wait for a kernel");
    cuda::check(cudaEventElapsedTime(&ms, start_, stop_), "read the clock");
    return static_cast<double>(ms);
  }

 private:
  cudaEvent_t start_ = nullptr, stop_ = nullptr;
};

void measure(const std::string& name, std::int64_t bytes, const std::function<void()>& work) {
  Clock clock;
  work();
  double best = 1e9;
  for (int i = 0; i < kRuns; ++i) best = std::min(best, clock.milliseconds(work));
  std::printf("{\"kernel\": \"%s\", \"GB/s\": %.0f, \"ms\": %.4f}\n", name.c_str(),
              static_cast<double>(bytes) / best / 1e6, best);
  std::fflush(stdout);
}

/// Bands of one type on the device, of noise: numbers of 0 to 4000, some of them nodata.
class Bands {
 public:
  Bands(DataType type, std::int64_t size, std::size_t count) : type_(type), size_(size) {
    for (std::size_t i = 0; i < count; ++i) {
      memory_.emplace_back();
      memory_.back().reserve(bytes());
      fill(memory_.back().data(), static_cast<unsigned>(i));
    }
  }
  std::int64_t bytes() const { return size_ * size_ * size_bytes(type_); }
  std::int64_t all_bytes() const { return bytes() * static_cast<std::int64_t>(memory_.size()); }
  std::vector<Plane> planes() const {
    std::vector<Plane> all;
    for (const auto& memory : memory_) all.push_back({memory.data(), type_, size_, size_, size_});
    return all;
  }
  std::vector<ConstPlane> const_planes() const {
    const auto all = planes();
    return {all.begin(), all.end()};
  }

 private:
  void fill(std::byte* to, unsigned seed) const {
    std::mt19937 random(seed);
    visit_real_type(type_, [&]<class T>(T) {
      std::vector<T> row(static_cast<std::size_t>(size_));
      for (T& v : row) v = static_cast<T>(random() % 4000);
      for (std::int64_t r = 0; r < size_; ++r)
        cuda::check(cudaMemcpy(to + r * size_ * std::int64_t{sizeof(T)}, row.data(),
                               row.size() * sizeof(T), cudaMemcpyHostToDevice),
                    "copy for the benchmark");
    });
  }
  DataType type_;
  std::int64_t size_;
  std::vector<cuda::DeviceBuffer> memory_;
};

void measure_evaluate(std::int64_t size) {
  const Bands in(DataType::kUInt16, size, 2), out(DataType::kFloat32, size, 1);
  Program ndvi;
  ndvi.inputs = 2;
  ndvi.registers = 3;
  ndvi.code = {{Op::kLoad, 0, 0},
               {Op::kLoad, 1, 1},
               {Op::kSubtract, 2, 0, 1},
               {Op::kAdd, 0, 0, 1},
               {Op::kDivide, 0, 2, 0}};
  ndvi.outputs = {0};
  const auto planes = in.planes();
  const ProgramInput inputs[] = {{planes[0], Nodata(0.0)}, {planes[1], Nodata(0.0)}};
  const ProgramOutput outputs[] = {{out.planes()[0], {}}};
  cuda::DeviceProgram program(ndvi, nullptr);
  for (const Precision precision : {Precision::kFloat32, Precision::kFloat64})
    measure(precision == Precision::kFloat32 ? "evaluate ndvi" : "evaluate ndvi in double",
            in.all_bytes() + out.all_bytes(),
            [&] { cuda::evaluate_program(program, precision, inputs, outputs, nullptr, nullptr); });
}

cuda::TileRun all_tiles(std::int64_t size) {
  const std::int64_t across = size / kTile;
  return {kTile, kTile, across, 0, across * across};
}

void measure_pack(DataType type, std::size_t count, Predictor predictor, std::int64_t size) {
  const Bands bands(type, size, count);
  cuda::DeviceBuffer tiles;
  tiles.reserve(bands.all_bytes());
  cuda::TilePacker packer;
  const auto planes = bands.const_planes();
  const std::string what = std::to_string(count) + " x " + std::string(name_of(type)) +
                           ", predictor " + std::to_string(static_cast<int>(predictor));
  measure("pack " + what, 2 * bands.all_bytes(),
          [&] { packer.pack(planes, all_tiles(size), predictor, tiles.data(), nullptr); });
  std::vector<cuda::BlockPart> parts;
  const std::int64_t across = size / kTile;
  const std::int64_t tile_bytes = bands.all_bytes() / (across * across);
  for (std::int64_t i = 0; i < across * across; ++i)
    parts.push_back({i * tile_bytes, 0, 0, kTile, kTile, i % across * kTile, i / across * kTile});
  const auto described = std::as_bytes(std::span<const cuda::BlockPart>(parts));
  cuda::DeviceBuffer table;
  cuda::upload(described, table.reserve(static_cast<std::int64_t>(described.size())), nullptr);
  const cuda::BlockLayout layout = {type,      kTile, kTile, static_cast<std::int64_t>(count),
                                    predictor, false};
  std::vector<int> samples(count);
  std::iota(samples.begin(), samples.end(), 0);
  const auto into = bands.planes();
  measure("unpack " + what, 2 * bands.all_bytes(), [&] {
    cuda::unpack_blocks(tiles.data(), reinterpret_cast<const cuda::BlockPart*>(table.data()),
                        across * across, layout, samples, into, nullptr);
  });
}

void measure_overview(Resampling resampling, DataType type, bool nodata, std::int64_t size) {
  const Bands src(type, size, 1), dst(type, size / 2, 1);
  const OverviewGeometry geometry = {size, size, size / 2, size / 2};
  Validity validity;
  if (nodata) validity.nodata = Nodata(0.0);
  cuda::OverviewReducer reducer;
  measure("overview " + std::string(name_of(resampling)) + " " + std::string(name_of(type)) +
              (nodata ? ", nodata" : ""),
          src.all_bytes() + dst.all_bytes(), [&] {
            reducer.reduce(resampling, geometry, src.planes()[0], validity, dst.planes()[0],
                           nullptr);
          });
}

void measure_statistics(DataType type, std::int64_t size) {
  const Bands bands(type, size, 4);
  const std::vector<std::optional<Nodata>> nodata(4, Nodata(0.0));
  const auto planes = bands.const_planes();
  cuda::TileStatistics statistics;
  measure("statistics 4 x " + std::string(name_of(type)), bands.all_bytes(),
          [&] { statistics.measure(planes, nodata, {}, all_tiles(size), nullptr); });
}

void measure_constant(std::int64_t size) {
  const Bands bands(DataType::kUInt16, size, 4);
  const auto planes = bands.const_planes();
  const std::uint16_t empty = 0;
  const std::vector<const std::byte*> pixels(4, reinterpret_cast<const std::byte*>(&empty));
  cuda::DeviceBuffer flags;
  flags.reserve(all_tiles(size).count * 4);
  cuda::TilePacker packer;
  measure("find constant tiles 4 x UInt16", bands.all_bytes(), [&] {
    packer.find_constant(planes, all_tiles(size), pixels,
                         reinterpret_cast<std::uint8_t*>(flags.data()), nullptr);
  });
}

void measure_all(std::int64_t size) {
  measure_evaluate(size);
  for (const std::size_t bands : {1U, 3U, 4U, 13U}) {
    measure_pack(DataType::kUInt16, bands, Predictor::kHorizontal, size);
    measure_pack(DataType::kFloat32, bands, Predictor::kFloatingPoint, size);
  }
  measure_pack(DataType::kUInt8, 3, Predictor::kHorizontal, size);
  measure_pack(DataType::kUInt16, 4, Predictor::kNone, size);
  measure_pack(DataType::kFloat32, 4, Predictor::kHorizontal, size);
  measure_constant(size);
  for (const DataType type : {DataType::kUInt8, DataType::kUInt16, DataType::kFloat32})
    for (const Resampling resampling :
         {Resampling::kNearest, Resampling::kAverage, Resampling::kCubic, Resampling::kMode})
      for (const bool nodata : {false, true}) measure_overview(resampling, type, nodata, size);
  for (const DataType type : {DataType::kUInt8, DataType::kUInt16, DataType::kInt64,
                              DataType::kFloat32, DataType::kFloat64})
    measure_statistics(type, size);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    measure_all(argc > 1 ? std::atoll(argv[1]) : 8192);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "gpu_kernels: %s\n", e.what());
    return 1;
  }
}
