// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// Warps a synthetic scene in memory on one core with cogmill's kernels and with GDAL's, and prints
// million output pixels (all bands) per second as JSON. The map is an upright enlargement by 2 %
// turned by half a degree; GDAL gets it as a transformer that costs next to nothing.
//   warp_speed [SIZE [KERNEL]]
#include "kernels/warp/warp.hpp"
#include "tests/bench/turned_map.hpp"

#include <gdal_priv.h>
#include <gdalwarper.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace cogmill::kernels;
using R = WarpResampling;

constexpr double kLeastSeconds = 0.3;  // of every measurement

struct Case {
  std::string name;
  DataType type;
  std::size_t bands;
  bool holes;  ///< 1 % of the pixels, in clumps
};

/// Source and output of one case, band after band.
struct Scene {
  Scene(const Case& c, std::int64_t n) : type(c.type), size(n), bands(c.bands) {
    const auto count = static_cast<std::size_t>(n * n);
    source.resize(bands * count * static_cast<std::size_t>(size_bytes(type)));
    target.resize(source.size());
    std::mt19937 random(1);
    visit_real_type(type, [&]<class T>(T) {
      auto* const pixel = reinterpret_cast<T*>(source.data());
      for (std::size_t i = 0; i < bands * count; ++i)
        pixel[i] = static_cast<T>(i / 700 % 200 + random() % 50);
      if (c.holes)
        for (std::size_t i = 0; i < bands * count; ++i)
          if (i / 40 % 100 == 0) pixel[i] = static_cast<T>(-9999);
    });
    if (c.holes) valid.resize(bands * count);
    target_valid.resize(bands * count);
  }
  Plane plane(std::vector<std::byte>& from, std::size_t band) {
    return {from.data() + static_cast<std::int64_t>(band) * size * size * size_bytes(type), type,
            size, size, size};
  }
  Plane mask(std::vector<std::uint8_t>& from, std::size_t band) {
    return {
        reinterpret_cast<std::byte*>(from.data()) + static_cast<std::int64_t>(band) * size * size,
        DataType::kUInt8, size, size, size};
  }

  DataType type;
  std::int64_t size;
  std::size_t bands;
  std::vector<std::byte> source, target;
  std::vector<std::uint8_t> valid, target_valid;
};

struct Turn {
  double step = 1;  ///< source px per output px

  PixelPoint operator()(double col, double row) const {
    return {step * (0.98 * col + 0.0087 * row), step * (0.98 * row - 0.0087 * col) + 9};
  }
};

double cpu_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// @return CPU seconds of one run, the best of several: the others were disturbed
template <class F>
double time_of(F&& run) {
  double best = 1e9, total = 0;
  for (int i = 0; i < 2 || total < kLeastSeconds; ++i) {
    const double start = cpu_seconds();
    run();
    const double s = cpu_seconds() - start;
    best = s < best ? s : best;
    total += s;
  }
  return best;
}

double time_ours(Scene& scene, const WarpKernel& kernel, const Turn& turn, std::int64_t out) {
  const auto map = map_of(turn, out,
                          takes_boxes(kernel.resampling) ? CoordinateMap::Anchor::kCorners
                                                         : CoordinateMap::Anchor::kCentres);
  std::vector<WarpBand> bands(scene.bands);
  for (std::size_t b = 0; b < bands.size(); ++b) {
    bands[b].source = scene.plane(scene.source, b);
    if (!scene.valid.empty()) bands[b].source_valid = scene.mask(scene.valid, b);
    bands[b].target = scene.plane(scene.target, b).crop(0, 0, out, out);
    bands[b].target_valid = scene.mask(scene.target_valid, b).crop(0, 0, out, out);
  }
  return time_of([&] {
    for (std::size_t b = 0; b < bands.size() && !scene.valid.empty();
         ++b) {  // GDAL makes masks too
      std::fill_n(scene.valid.begin() + static_cast<std::ptrdiff_t>(b) * scene.size * scene.size,
                  scene.size * scene.size, 255);
      invalidate_nodata(bands[b].source, Nodata(-9999.0), scene.mask(scene.valid, b));
    }
    warp_block(kernel, {scene.size, scene.size, 0, 0, false}, map, 0, 0, bands);
  });
}

int transform(void* arg, int, int n, double* x, double* y, double*, int* success) {
  const Turn& turn = *static_cast<const Turn*>(arg);
  for (int i = 0; i < n; ++i) {
    const PixelPoint p = turn(x[i], y[i]);
    x[i] = p.x;
    y[i] = p.y;
    success[i] = 1;
  }
  return 1;
}

/// The kernel alone, without reading and writing: buffers are the scene's own.
double time_gdal(Scene& scene, const WarpKernel& kernel, Turn turn, std::int64_t out) {
  static const GDALResampleAlg kAlgorithm[] = {GRA_NearestNeighbour,
                                               GRA_Bilinear,
                                               GRA_Cubic,
                                               GRA_CubicSpline,
                                               GRA_Lanczos,
                                               GRA_Average,
                                               GRA_RMS,
                                               GRA_Mode,
                                               GRA_Min,
                                               GRA_Max,
                                               GRA_Med,
                                               GRA_Q1,
                                               GRA_Q3,
                                               GRA_Sum};
  const auto type = GDALGetDataTypeByName(std::string(name_of(scene.type)).c_str());
  auto* const driver = GetGDALDriverManager()->GetDriverByName("MEM");
  const int n = static_cast<int>(scene.size), m = static_cast<int>(out);
  const int count = static_cast<int>(scene.bands);
  GDALDatasetUniquePtr source(driver->Create("", n, n, count, type, nullptr));
  GDALDatasetUniquePtr target(driver->Create("", m, m, count, type, nullptr));
  if (!source || !target ||
      source->RasterIO(GF_Write, 0, 0, n, n, scene.source.data(), n, n, type, count, nullptr, 0, 0,
                       0, nullptr) != CE_None)
    throw std::runtime_error("GDAL cannot hold the scene");
  GDALWarpOptions* options = GDALCreateWarpOptions();
  options->hSrcDS = GDALDataset::ToHandle(source.get());
  options->hDstDS = GDALDataset::ToHandle(target.get());
  options->eResampleAlg = kAlgorithm[static_cast<int>(kernel.resampling)];
  options->dfWarpMemoryLimit = 2e9;
  GDALWarpInitDefaultBandMapping(options, count);
  options->papszWarpOptions =
      CSLSetNameValue(options->papszWarpOptions, "XSCALE", std::to_string(kernel.x_scale).c_str());
  options->papszWarpOptions =
      CSLSetNameValue(options->papszWarpOptions, "YSCALE", std::to_string(kernel.y_scale).c_str());
  if (!scene.valid.empty()) {
    GDALWarpInitSrcNoDataReal(options, -9999);
    GDALWarpInitDstNoDataReal(options, -9999);
  }
  options->pfnTransformer = transform;
  options->pTransformerArg = &turn;
  GDALWarpOperation operation;
  const bool ok = operation.Initialize(options) == CE_None;
  double seconds = 0;
  if (ok) seconds = time_of([&] { operation.WarpRegion(0, 0, m, m); });
  GDALDestroyWarpOptions(options);
  if (!ok) throw std::runtime_error("GDAL refuses the warp");
  return seconds;
}

double rounded(double v) { return std::round(v * 10) / 10; }

}  // namespace

int main(int argc, char** argv) try {
  GDALAllRegister();
  const std::int64_t size = argc > 1 ? std::atoll(argv[1]) : 2048;
  auto results = nlohmann::json::array();
  for (const Case& c : {Case{"UInt16 x 4", DataType::kUInt16, 4, false},
                        Case{"Byte x 3", DataType::kUInt8, 3, false},
                        Case{"Float32 with nodata", DataType::kFloat32, 1, true}}) {
    Scene scene(c, size);
    for (const double scale : {1.0, 0.25})
      for (const R r : {R::kNearest, R::kBilinear, R::kCubic, R::kCubicSpline, R::kLanczos,
                        R::kAverage, R::kMode, R::kMed}) {
        if (takes_boxes(r) && scale == 1) continue;
        if (argc > 2 && name_of(r) != argv[2]) continue;
        const std::int64_t out = static_cast<std::int64_t>(static_cast<double>(size) * scale);
        const double pixels = static_cast<double>(out * out) * static_cast<double>(c.bands) / 1e6;
        const double ours = time_ours(scene, {r, scale, scale}, {1 / scale}, out);
        const double gdal = time_gdal(scene, {r, scale, scale}, {1 / scale}, out);
        results.push_back({{"case", c.name},
                           {"kernel", name_of(r)},
                           {"scale", scale},
                           {"cogmill_mpx_s", rounded(pixels / ours)},
                           {"gdal_mpx_s", rounded(pixels / gdal)},
                           {"ratio", rounded(gdal / ours)}});
        std::fprintf(stderr, "%s\n", results.back().dump().c_str());
      }
  }
  std::puts(results.dump(1).c_str());
  return 0;
} catch (const std::exception& e) {
  std::fprintf(stderr, "warp_speed: %s\n", e.what());
  return 1;
}
