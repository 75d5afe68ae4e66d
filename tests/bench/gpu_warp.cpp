// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// Warps a synthetic scene that is in the GPU's memory already, and prints a JSON line for each
// method: output pixels of all bands as GB/s, and nanoseconds per output pixel and band, the best
// of several runs by the device's own clock. The map is an upright enlargement by 2 % turned by
// half a degree, of patches of 64 x 64 pixels; there are masks for the output, and with "masks"
// for the source too.
//   gpu_warp [SIZE [METHOD [masks]]]
#include "kernels/cuda/check.hpp"
#include "kernels/cuda/warp.hpp"
#include "tests/bench/turned_map.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace cogmill::kernels;
using R = WarpResampling;

constexpr std::size_t kBands = 4;
constexpr int kRuns = 20;

class DeviceBuffer {
 public:
  explicit DeviceBuffer(std::size_t bytes) : size_(bytes) {
    cuda::check(cudaMalloc(&data_, bytes), "allocate for the benchmark");
  }
  ~DeviceBuffer() { cudaFree(data_); }
  DeviceBuffer(const DeviceBuffer&) = delete;
  DeviceBuffer& operator=(const DeviceBuffer&) = delete;

  std::byte* data() const { return static_cast<std::byte*>(data_); }
  void set(int byte) { cuda::check(cudaMemset(data_, byte, size_), "clear for the benchmark"); }
  /// Repeats the pattern to the end.
  void fill(const std::vector<std::uint16_t>& pattern) {
    const std::size_t bytes = pattern.size() * sizeof(pattern[0]);
    for (std::size_t at = 0; at < size_; at += bytes)
      cuda::check(cudaMemcpy(data() + at, pattern.data(), std::min(bytes, size_ - at),
                             cudaMemcpyHostToDevice),
                  "copy for the benchmark");
  }

 private:
  std::size_t size_;
  void* data_ = nullptr;
};

struct Turn {
  double step = 1;  ///< source px per output px

  PixelPoint operator()(double col, double row) const {
    return {step * (0.98 * col + 0.0087 * row), step * (0.98 * row - 0.0087 * col + 72)};
  }
};

/// Source and output, band after band.
struct Scene {
  Scene(std::int64_t in, std::int64_t out, bool masks)
      : source_size(in),
        size(out),
        source(bytes(in, sizeof(std::uint16_t))),
        valid(masks ? bytes(in, 1) : 1),
        target(bytes(out, sizeof(std::uint16_t))),
        target_valid(bytes(out, 1)) {
    std::mt19937 random(1);
    std::vector<std::uint16_t> pattern(10'000'019);  // a prime: rows differ
    for (std::size_t i = 0; i < pattern.size(); ++i)
      pattern[i] = static_cast<std::uint16_t>(3000 + i / 700 % 200 + random() % 500);
    source.fill(pattern);
    valid.set(255);
    for (std::int64_t b = 0; b < static_cast<std::int64_t>(kBands); ++b) {
      WarpBand& band = bands.emplace_back();
      band.source = plane(source, b, DataType::kUInt16, in);
      if (masks) band.source_valid = plane(valid, b, DataType::kUInt8, in);
      band.target = plane(target, b, DataType::kUInt16, out);
      band.target_valid = plane(target_valid, b, DataType::kUInt8, out);
    }
  }

  static std::size_t bytes(std::int64_t side, std::size_t pixel) {
    return kBands * static_cast<std::size_t>(side * side) * pixel;
  }
  static Plane plane(const DeviceBuffer& from, std::int64_t band, DataType type,
                     std::int64_t side) {
    return {from.data() + band * side * side * size_bytes(type), type, side, side, side};
  }

  std::int64_t source_size, size;
  DeviceBuffer source, valid, target, target_valid;
  std::vector<WarpBand> bands;
};

/// @return milliseconds of the fastest run
double time_of(const Scene& scene, const WarpKernel& kernel, const cuda::DeviceMap& map) {
  cudaEvent_t begin = nullptr, end = nullptr;
  cuda::check(cudaEventCreate(&begin), "create an event");
  cuda::check(cudaEventCreate(&end), "create an event");
  float best = INFINITY;
  for (int i = 0; i < kRuns; ++i) {
    cuda::check(cudaEventRecord(begin, nullptr), "record an event");
    cuda::warp_block(kernel, {scene.source_size, scene.source_size, 0, 0, false}, map, 0, 0,
                     scene.bands, nullptr);
    cuda::check(cudaEventRecord(end, nullptr), "record an event");
    cuda::check(cudaEventSynchronize(end), "wait for the warp");
    float ms = 0;
    cuda::check(cudaEventElapsedTime(&ms, begin, end), "read a clock");
    best = std::min(best, ms);
  }
  cudaEventDestroy(begin);
  cudaEventDestroy(end);
  return static_cast<double>(best);
}

void run(const Scene& scene, R resampling, double scale) {
  const WarpKernel kernel = {resampling, scale, scale};
  const CoordinateMap host = map_of(
      Turn{1 / scale}, scene.size,
      takes_boxes(resampling) ? CoordinateMap::Anchor::kCorners : CoordinateMap::Anchor::kCentres);
  cuda::DeviceMap map;
  map.upload(host, nullptr);
  const double ms = time_of(scene, kernel, map);
  const double pixels = static_cast<double>(kBands) * static_cast<double>(scene.size * scene.size);
  std::printf(
      "{\"method\": \"%s\", \"scale\": %g, \"ms\": %.3f, \"gb_s\": %.1f, "
      "\"ns_per_pixel\": %.5f}\n",
      std::string(name_of(resampling)).c_str(), scale, ms,
      pixels * sizeof(std::uint16_t) / ms / 1e6, ms * 1e6 / pixels);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) try {
  const std::int64_t size = argc > 1 ? std::atoll(argv[1]) : 8192;
  const auto wanted = [&](R r) {
    return argc <= 2 || name_of(r) == argv[2] || std::strcmp(argv[2], "all") == 0;
  };
  const bool masks = argc > 3 && std::strcmp(argv[3], "masks") == 0;
  {
    const Scene scene(size, size, masks);
    for (const R r :
         {R::kNearest, R::kBilinear, R::kCubic, R::kCubicSpline, R::kLanczos, R::kAverage})
      if (wanted(r)) run(scene, r, 1);
  }
  const Scene scene(4 * size, size, masks);
  for (const R r : {R::kBilinear, R::kLanczos, R::kAverage, R::kMed, R::kMode, R::kMax, R::kSum})
    if (wanted(r)) run(scene, r, 0.25);
  return 0;
} catch (const std::exception& e) {
  std::fprintf(stderr, "gpu_warp: %s\n", e.what());
  return 1;
}
