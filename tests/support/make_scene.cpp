// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Makes a GeoTIFF that looks like a satellite scene: for the demo, the tests and the benchmarks.
#include "tests/support/scene_model.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <future>
#include <iostream>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace cogmill::tests {
namespace {

constexpr std::string_view kUsage =
    "usage: cogmill_make_scene OUT.tif [--size W,H] [--bands N] [--type GDALTYPE]\n"
    "         [--co NAME=VALUE]... [--seed S] [--nodata V] [--border-fraction F]\n"
    "example: cogmill_make_scene scene.tif --size 4096,4096 --bands 4 --type UInt16 \\\n"
    "           --co TILED=YES --co COMPRESS=DEFLATE --co PREDICTOR=2\n";

struct Options {
  std::string path;
  SceneModel model{.width = 1024, .height = 1024};
  GDALDataType type = GDT_UInt16;
  CPLStringList creation;
  std::optional<double> nodata;
};

template <class T>
T number(const std::string& name, std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw std::invalid_argument(name + ": '" + std::string(text) + "' is not a number");
  return value;
}

void set_option(Options& options, const std::string& name, const std::string& value) {
  if (name == "--size") {
    const std::size_t comma = std::min(value.find(','), value.size() - 1);
    options.model.width = number<int>(name, std::string_view(value).substr(0, comma));
    options.model.height = number<int>(name, std::string_view(value).substr(comma + 1));
  } else if (name == "--bands") {
    options.model.bands = number<int>(name, value);
  } else if (name == "--type") {
    options.type = GDALGetDataTypeByName(value.c_str());
  } else if (name == "--co") {
    options.creation.AddString(value.c_str());
  } else if (name == "--seed") {
    options.model.seed = number<std::uint64_t>(name, value);
  } else if (name == "--nodata") {
    options.nodata =
        value == "nan" ? std::numeric_limits<double>::quiet_NaN() : number<double>(name, value);
  } else if (name == "--border-fraction") {
    options.model.border_fraction = number<double>(name, value);
  } else {
    throw std::invalid_argument("unknown option " + name);
  }
}

Options parse(std::span<const std::string> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i].starts_with("--")) {
      if (!options.path.empty()) throw std::invalid_argument("two output files");
      options.path = arguments[i];
    } else {
      if (i + 1 == arguments.size()) throw std::invalid_argument(arguments[i] + " needs a value");
      set_option(options, arguments[i], arguments[i + 1]);
      ++i;
    }
  }
  // The bytes of an aerial photograph are about as noisy, step for step, as a 16-bit scene is not.
  if (options.type == GDT_Byte) options.model.noise = 280;
  if (options.path.empty()) throw std::invalid_argument("no output file");
  if (options.model.width < 1 || options.model.height < 1 || options.model.bands < 1)
    throw std::invalid_argument("--size and --bands must be at least 1");
  if (options.type == GDT_Unknown) throw std::invalid_argument("--type: not a GDAL type");
  if (!(options.model.border_fraction >= 0 && options.model.border_fraction <= 1))
    throw std::invalid_argument("--border-fraction lies in 0 .. 1");
  return options;
}

void gdal_check(CPLErr status, const std::string& what) {
  if (status != CE_None) throw std::runtime_error(what + ": " + CPLGetLastErrorMsg());
}

/// Digital numbers become reflectance in float types and are squeezed into a byte; a nodata value
/// never appears by chance.
float scale_of(GDALDataType type) {
  if (type == GDT_Byte) return 1.0F / 128;
  return GDALDataTypeIsFloating(type) != 0 ? 2e-5F : 1.0F;
}

void to_type_scale(std::span<float> pixels, const Options& options) {
  const float scale = scale_of(options.type);
  const bool integer = GDALDataTypeIsInteger(options.type) != 0;
  const auto border = static_cast<float>(options.nodata.value_or(0));
  for (float& value : pixels) {
    if (std::isnan(value)) {
      value = border;
      continue;
    }
    value *= scale;
    if (integer) value = std::round(value);
    if (options.nodata && value == border) value += integer ? 1.0F : scale;
  }
}

GDALDatasetUniquePtr create(const Options& options) {
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  if (driver == nullptr) throw std::runtime_error("this GDAL has no GTiff driver");
  CPLStringList creation(options.creation);
  for (const auto& [name, value] : {std::pair{"INTERLEAVE", "PIXEL"},
                                    {"NUM_THREADS", "ALL_CPUS"},
                                    {"BIGTIFF", "IF_SAFER"},
                                    {"ALPHA", "NO"}})
    if (creation.FetchNameValue(name) == nullptr) creation.SetNameValue(name, value);
  GDALDatasetUniquePtr out(driver->Create(
      options.path.c_str(), static_cast<int>(options.model.width),
      static_cast<int>(options.model.height), options.model.bands, options.type, creation.List()));
  if (!out) throw std::runtime_error("cannot create " + options.path + ": " + CPLGetLastErrorMsg());
  return out;
}

void describe(GDALDataset& out, const Options& options) {
  OGRSpatialReference crs;
  if (crs.importFromEPSG(32621) != OGRERR_NONE) throw std::runtime_error("no EPSG database");
  std::array<double, 6> transform{717345, 30, 0, -2776995, 0, -30};
  gdal_check(out.SetSpatialRef(&crs), "CRS");
  gdal_check(out.SetGeoTransform(transform.data()), "geotransform");
  constexpr std::array<const char*, 4> kNames{"blue", "green", "red", "nir"};
  for (int b = 0; b < out.GetRasterCount(); ++b) {
    GDALRasterBand* band = out.GetRasterBand(b + 1);
    if (b < 4) band->SetDescription(kNames[static_cast<std::size_t>(b)]);
    if (options.nodata) gdal_check(band->SetNoDataValue(*options.nodata), "nodata");
  }
}

/// Renders rows [row, row + height) with every core: each takes a share of them.
std::vector<float> render_rows(const Options& options, std::int64_t row, std::int64_t height) {
  const SceneModel& m = options.model;
  std::vector<float> pixels(static_cast<std::size_t>(m.width * height * m.bands));
  const std::int64_t parts = std::max<std::int64_t>(1, std::thread::hardware_concurrency());
  const auto part = [&](std::int64_t i) {
    const std::int64_t first = height * i / parts, last = height * (i + 1) / parts;
    const std::span<float> mine =
        std::span(pixels).subspan(static_cast<std::size_t>(first * m.width * m.bands),
                                  static_cast<std::size_t>((last - first) * m.width * m.bands));
    render(m, 0, row + first, m.width, last - first, mine);
    to_type_scale(mine, options);
  };
  std::vector<std::future<void>> running;
  for (std::int64_t i = 0; i < parts; ++i)
    running.push_back(std::async(std::launch::async, part, i));
  for (auto& r : running) r.get();
  return pixels;
}

void write_pixels(GDALDataset& out, const Options& options) {
  const SceneModel& m = options.model;
  int block_width = 0, block_height = 0;
  out.GetRasterBand(1)->GetBlockSize(&block_width, &block_height);
  const std::int64_t step =
      std::min<std::int64_t>(m.height, block_height >= 64 ? block_height : 256);
  for (std::int64_t row = 0; row < m.height; row += step) {
    const std::int64_t height = std::min(step, m.height - row);
    std::vector<float> pixels = render_rows(options, row, height);
    const GSpacing pixel = static_cast<GSpacing>(sizeof(float)) * m.bands;
    gdal_check(out.RasterIO(GF_Write, 0, static_cast<int>(row), static_cast<int>(m.width),
                            static_cast<int>(height), pixels.data(), static_cast<int>(m.width),
                            static_cast<int>(height), GDT_Float32, m.bands, nullptr, pixel,
                            pixel * m.width, sizeof(float), nullptr),
               "cannot write " + options.path);
  }
}

void make_scene(const Options& options) {
  GDALAllRegister();
  GDALSetCacheMax64(256LL << 20);
  GDALDatasetUniquePtr out = create(options);
  describe(*out, options);
  write_pixels(*out, options);
  CPLErrorReset();
  out.reset();
  if (CPLGetLastErrorType() >= CE_Failure)
    throw std::runtime_error("cannot finish " + options.path + ": " + CPLGetLastErrorMsg());
}

}  // namespace
}  // namespace cogmill::tests

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    cogmill::tests::make_scene(cogmill::tests::parse(arguments));
    return 0;
  } catch (const std::invalid_argument& e) {
    std::cerr << "cogmill_make_scene: " << e.what() << '\n' << cogmill::tests::kUsage;
    return 2;
  } catch (const std::exception& e) {
    std::cerr << "cogmill_make_scene: " << e.what() << '\n';
    return 1;
  }
}
