// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// Compresses the tiles of rasters with every codec and effort, and prints size and speed of one
// core as JSON: the numbers behind docs/codecs.md.
//   codec_effort [--table] [--no-synthetic] [SCENE.tif ...]
#include "kernels/codec.hpp"
#include "kernels/deflate_effort.hpp"
#include "kernels/isal_deflate.hpp"
#include "kernels/predictor.hpp"
#include "kernels/tile_pack.hpp"

#include <gdal_priv.h>
#include <libdeflate.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace cogmill::kernels;

constexpr std::int64_t kTile = 512;    // [px]
constexpr double kLeastSeconds = 0.2;  // of every measurement
constexpr std::size_t kMostTiles = 8;  // of every raster
using Tiles = std::vector<std::vector<std::byte>>;

/// All bands of a raster, pixel after pixel of one band after the other.
struct Raster {
  std::string name;
  DataType type;
  std::int64_t width, height, bands;
  std::vector<std::byte> pixels;

  ConstPlane band(std::int64_t b) const {
    return {pixels.data() + b * width * height * size_bytes(type), type, width, height, width};
  }
};

Raster read_raster(const std::string& path) {
  GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
  if (!dataset) throw std::runtime_error("cannot open " + path);
  const auto gdal_type = dataset->GetRasterBand(1)->GetRasterDataType();
  const auto type = data_type_from_name(GDALGetDataTypeName(gdal_type));
  if (!type) throw std::runtime_error("unknown pixel type in " + path);
  Raster raster = {path.substr(path.rfind('/') + 1), *type,
                   dataset->GetRasterXSize(),        dataset->GetRasterYSize(),
                   dataset->GetRasterCount(),        {}};
  raster.pixels.resize(
      static_cast<std::size_t>(raster.width * raster.height * raster.bands * size_bytes(*type)));
  const auto error =
      dataset->RasterIO(GF_Read, 0, 0, dataset->GetRasterXSize(), dataset->GetRasterYSize(),
                        raster.pixels.data(), dataset->GetRasterXSize(), dataset->GetRasterYSize(),
                        gdal_type, dataset->GetRasterCount(), nullptr, 0, 0, 0, nullptr);
  if (error != CE_None) throw std::runtime_error("cannot read " + path);
  return raster;
}

/// Smooth noise: random values on a grid of `cell` pixels, interpolated.
std::vector<double> smooth_noise(std::int64_t size, std::int64_t cell, std::mt19937& random) {
  const std::int64_t nodes = size / cell + 2;
  std::vector<double> grid(static_cast<std::size_t>(nodes * nodes));
  for (double& node : grid) node = static_cast<double>(random()) / 4294967296.0 - 0.5;
  const auto node = [&](std::int64_t y, std::int64_t x) {
    return grid[static_cast<std::size_t>(y * nodes + x)];
  };
  std::vector<double> noise;
  for (std::int64_t y = 0; y < size; ++y)
    for (std::int64_t x = 0; x < size; ++x) {
      const double fx = static_cast<double>(x % cell) / static_cast<double>(cell);
      const double fy = static_cast<double>(y % cell) / static_cast<double>(cell);
      const auto row = [&](std::int64_t yy) {
        return node(yy, x / cell) * (1 - fx) + node(yy, x / cell + 1) * fx;
      };
      noise.push_back(row(y / cell) * (1 - fy) + row(y / cell + 1) * fy);
    }
  return noise;
}

/// Land-like reflectances: one terrain for all bands, a little of each band's own, sensor noise.
template <class T>
Raster synthetic(const std::string& name, DataType type, std::int64_t bands, double scale,
                 double sensor_noise) {
  constexpr std::int64_t kSize = 1024;
  std::mt19937 random(1);
  std::vector<double> terrain(kSize * kSize, 0.5);
  for (std::int64_t cell = 256; cell >= 4; cell /= 2) {
    const auto noise = smooth_noise(kSize, cell, random);
    for (std::size_t i = 0; i < noise.size(); ++i)
      terrain[i] += noise[i] * static_cast<double>(cell) / 512;
  }
  Raster raster = {name, type, kSize, kSize, bands, {}};
  raster.pixels.resize(static_cast<std::size_t>(kSize * kSize * bands) * sizeof(T));
  T* pixel = reinterpret_cast<T*>(raster.pixels.data());
  for (std::int64_t b = 0; b < bands; ++b) {
    const auto own = smooth_noise(kSize, 16, random);
    for (std::size_t i = 0; i < own.size(); ++i) {
      // The sum of four uniform numbers is normal enough, and the same with every library.
      double noise = 0;
      for (int k = 0; k < 4; ++k) noise += static_cast<double>(random()) / 4294967296.0 - 0.5;
      *pixel++ = static_cast<T>(scale * (terrain[i] + 0.1 * own[i]) + sensor_noise * noise);
    }
  }
  return raster;
}

/// (first - second) / (first + second) of the first two bands: what an index makes of them.
template <class T>
Raster index_of(const Raster& in) {
  Raster out = {in.name + " (index)", DataType::kFloat32, in.width, in.height, 1, {}};
  out.pixels.resize(static_cast<std::size_t>(in.width * in.height) * sizeof(float));
  const T* first = in.band(0).as<T>().data;
  const T* second = in.band(1).as<T>().data;
  float* to = reinterpret_cast<float*>(out.pixels.data());
  for (std::int64_t i = 0; i < in.width * in.height; ++i) {
    const float a = static_cast<float>(first[i]);
    const float b = static_cast<float>(second[i]);
    to[i] = (a - b) / (a + b);  // NaN without data
  }
  return out;
}

/// The raster as the writer would hand it to the codec: cut, interleaved, filtered.
Tiles filtered_tiles(const Raster& raster, Predictor predictor) {
  Tiles tiles;
  const PredictorShape shape = {raster.type, kTile, kTile, raster.bands};
  std::vector<std::byte> scratch(
      static_cast<std::size_t>(kTile * raster.bands * size_bytes(raster.type)));
  for (std::int64_t row = 0; row < raster.height; row += kTile)
    for (std::int64_t col = 0; col < raster.width; col += kTile) {
      const auto width = std::min(kTile, raster.width - col);
      const auto height = std::min(kTile, raster.height - row);
      std::vector<ConstPlane> planes;
      for (std::int64_t b = 0; b < raster.bands; ++b)
        planes.push_back(raster.band(b).crop(col, row, width, height));
      auto& tile = tiles.emplace_back(scratch.size() * kTile);
      pack_tile(planes, kTile, kTile, tile);
      apply_predictor(predictor, shape, tile, scratch);
    }
  // Evenly spread: the first tiles of a scene are often empty.
  const std::size_t step = (tiles.size() + kMostTiles - 1) / kMostTiles;
  Tiles chosen;
  for (std::size_t i = 0; i < tiles.size(); i += step) chosen.push_back(std::move(tiles[i]));
  return chosen;
}

double cpu_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Fastest of several runs in MB/s of uncompressed data: the others were disturbed.
double speed(std::size_t bytes, const std::function<void()>& run) {
  double best = 1e30;
  double total = 0;
  for (int i = 0; i < 2 || total < kLeastSeconds; ++i) {
    const double start = cpu_seconds();
    run();
    best = std::min(best, cpu_seconds() - start);
    total += best;
  }
  return static_cast<double>(bytes) / best / 1e6;
}

/// One way to compress, and what it needs.
struct Way {
  std::string name;
  std::function<std::size_t(const std::vector<std::byte>&, std::span<std::byte>)> compress;
};

Way by_codec(CodecSpec spec) {
  auto encoder = std::make_shared<Encoder>(spec);
  std::string name(name_of(spec.codec));
  if (spec.level > 0) name += " " + std::to_string(spec.level);
  return {name, [encoder](const auto& raw, auto out) { return encoder->encode(raw, out); }};
}

Way by_isal(int level) {
  auto encoder = std::make_shared<IsalDeflate>(level);
  return {"ISA-L " + std::to_string(level),
          [encoder](const auto& raw, auto out) { return encoder->compress(raw, out); }};
}

Tiles compress_all(const Way& way, const Tiles& tiles) {
  Tiles packed;
  std::vector<std::byte> buffer(tiles[0].size() * 2 + 4096);
  for (const auto& tile : tiles) {
    const auto bytes = static_cast<std::ptrdiff_t>(way.compress(tile, buffer));
    packed.emplace_back(buffer.begin(), buffer.begin() + bytes);
  }
  return packed;
}

double decode_speed(
    const Tiles& tiles, const Tiles& packed,
    const std::function<void(const std::vector<std::byte>&, std::span<std::byte>)>& decode) {
  std::vector<std::byte> back(tiles[0].size());
  return speed(back.size() * tiles.size(), [&] {
    for (const auto& tile : packed) decode(tile, back);
  });
}

nlohmann::json measure(const Tiles& tiles, Codec codec, const Way& way) {
  const std::size_t raw = tiles[0].size();
  const Tiles packed = compress_all(way, tiles);
  std::size_t size = 0;
  for (const auto& tile : packed) size += tile.size();
  std::vector<std::byte> buffer(raw * 2 + 4096);
  const double encode = speed(raw * tiles.size(), [&] {
    for (const auto& tile : tiles) way.compress(tile, buffer);
  });
  nlohmann::json result = {
      {"way", way.name},
      {"ratio", static_cast<double>(size) / static_cast<double>(raw * tiles.size())},
      {"encode_mb_s", encode}};
  if (codec != Codec::kDeflate) {
    Decoder decoder(codec);
    result["decode_mb_s"] =
        decode_speed(tiles, packed, [&](const auto& in, auto out) { decoder.decode(in, out); });
    return result;
  }
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>
      libdeflate(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  result["libdeflate_mb_s"] = decode_speed(tiles, packed, [&](const auto& in, auto out) {
    std::size_t filled = 0;
    libdeflate_zlib_decompress(libdeflate.get(), in.data(), in.size(), out.data(), out.size(),
                               &filled);
  });
  if (!has_isal()) return result;
  IsalInflate isal;
  result["isal_mb_s"] =
      decode_speed(tiles, packed, [&](const auto& in, auto out) { isal.decompress(in, out); });
  return result;
}

/// What the default effort takes, by tile.
nlohmann::json choices(const Tiles& tiles) {
  DeflateEffortProbe probe;
  int quick = 0, brief = 0, thorough = 0;
  for (const auto& tile : tiles) {
    const DeflateEffort effort = probe.choose(tile);
    quick += effort == DeflateEffort::kQuick ? 1 : 0;
    brief += effort == DeflateEffort::kShort ? 1 : 0;
    thorough += effort == DeflateEffort::kThorough ? 1 : 0;
  }
  return {{"ISA-L 2", quick}, {"DEFLATE 1", brief}, {"DEFLATE 6", thorough}};
}

nlohmann::json measure_all(const Raster& raster) {
  const auto predictor =
      is_floating(raster.type) ? Predictor::kFloatingPoint : Predictor::kHorizontal;
  const Tiles tiles = filtered_tiles(raster, predictor);
  nlohmann::json results = nlohmann::json::array();
  for (const int level : {0, 1, 6})
    results.push_back(measure(tiles, Codec::kDeflate, by_codec({Codec::kDeflate, level})));
  for (const int level : {1, 2})
    if (has_isal()) results.push_back(measure(tiles, Codec::kDeflate, by_isal(level)));
  for (const int level : {0, 1, 5, 9})
    results.push_back(measure(tiles, Codec::kZstd, by_codec({Codec::kZstd, level})));
  results.push_back(measure(tiles, Codec::kLzw, by_codec({Codec::kLzw, 0})));
  return {{"raster", raster.name},
          {"type", name_of(raster.type)},
          {"bands", raster.bands},
          {"predictor", static_cast<int>(predictor)},
          {"tiles", tiles.size()},
          {"results", results},
          {"deflate_default", choices(tiles)}};
}

/// The rows of docs/codecs.md.
void print_table(const nlohmann::json& report) {
  for (const auto& raster : report) {
    std::printf("| %s", raster["raster"].get<std::string>().c_str());
    for (const auto& result : raster["results"])
      std::printf(" | %s: %.4f / %.0f", result["way"].get<std::string>().c_str(),
                  result["ratio"].get<double>(), result["encode_mb_s"].get<double>());
    for (const auto& result : raster["results"])
      if (result.contains("isal_mb_s"))
        std::printf(" | inflate %s: %.0f / %.0f", result["way"].get<std::string>().c_str(),
                    result["libdeflate_mb_s"].get<double>(), result["isal_mb_s"].get<double>());
    std::printf(" | %s |\n", raster["deflate_default"].dump().c_str());
  }
}

std::vector<Raster> all_rasters(std::span<char* const> paths, bool with_synthetic) {
  std::vector<Raster> rasters;
  for (const char* path : paths) rasters.push_back(read_raster(path));
  if (with_synthetic) {
    rasters.push_back(synthetic<std::uint16_t>("synthetic scene", DataType::kUInt16, 4, 10000, 60));
    rasters.push_back(synthetic<std::uint8_t>("synthetic photo", DataType::kUInt8, 3, 200, 2));
    rasters.push_back(synthetic<float>("synthetic surface", DataType::kFloat32, 1, 1, 0.005));
    rasters.push_back(synthetic<std::int16_t>("synthetic terrain", DataType::kInt16, 1, 2500, 0.5));
    rasters.push_back(synthetic<std::uint8_t>("synthetic classes", DataType::kUInt8, 1, 9, 0.1));
  }
  const auto given = rasters.size();
  for (std::size_t i = 0; i < given; ++i)
    if (rasters[i].bands > 1)
      rasters.push_back(
          visit_real_type(rasters[i].type, [&]<class T>(T) { return index_of<T>(rasters[i]); }));
  return rasters;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    GDALAllRegister();
    std::span<char* const> words(argv + 1, static_cast<std::size_t>(argc - 1));
    const auto takes = [&](const char* option) {
      const bool is_first = !words.empty() && std::string(words.front()) == option;
      if (is_first) words = words.subspan(1);
      return is_first;
    };
    const bool table = takes("--table");
    const bool with_synthetic = !takes("--no-synthetic");
    nlohmann::json report = nlohmann::json::array();
    for (const Raster& raster : all_rasters(words, with_synthetic))
      report.push_back(measure_all(raster));
    if (table)
      print_table(report);
    else
      std::puts(report.dump(1).c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "codec_effort: %s\n", error.what());
    return 1;
  }
}
