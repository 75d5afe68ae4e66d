// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Small rasters made with GDAL, and reading them twice: by us and by GDAL.
#pragma once

#include "src/io/gdal_open.hpp"
#include "src/io/gdal_types.hpp"
#include "src/io/open_source.hpp"
#include "tests/support/temp_dir.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::io {

using partition::Window;

/// What to ask of GDAL's GTiff driver.
struct FileSpec {
  int width = 67;
  int height = 45;
  int bands = 3;
  kernels::DataType type = kernels::DataType::kUInt16;
  std::vector<std::string> options = {};
  std::optional<double> nodata = {};
};

/// Smooth with a little noise, every byte of the pixel in use, no NaN. A function of the position.
inline std::uint64_t pixel_bits(int col, int row, int band, std::int64_t bytes) {
  auto mix = static_cast<std::uint64_t>(col * 3 + row * 7 + band * 1001);
  std::uint64_t bits = mix * 257;
  mix ^= mix >> 3;
  if (bytes == 4) bits |= (0x3F80u + (mix & 0xFF)) << 16;
  if (bytes == 8) bits |= (0x3FF0'0000u + (mix & 0xFFFFF)) << 32;
  return bits;
}

inline std::vector<std::byte> band_pixels(const FileSpec& spec, int band) {
  const auto bytes = static_cast<std::size_t>(kernels::size_bytes(spec.type));
  std::vector<std::byte> pixels(static_cast<std::size_t>(spec.width) *
                                static_cast<std::size_t>(spec.height) * bytes);
  std::byte* out = pixels.data();
  for (int row = 0; row < spec.height; ++row)
    for (int col = 0; col < spec.width; ++col, out += bytes) {
      const std::uint64_t bits = pixel_bits(col, row, band, static_cast<std::int64_t>(bytes));
      std::memcpy(out, &bits, std::min<std::size_t>(bytes, 8));
    }
  return pixels;
}

/// Creates the dataset without writing pixels; null if this GDAL cannot.
inline GDALDatasetUniquePtr create_tiff(const std::string& path, const FileSpec& spec) {
  GDALAllRegister();
  CPLStringList options;
  for (const std::string& option : spec.options) options.AddString(option.c_str());
  GDALDataType type = GDALGetDataTypeByName(std::string(kernels::name_of(spec.type)).c_str());
  if (spec.type == kernels::DataType::kInt8 && type == GDT_Unknown) {
    type = GDT_Byte;
    options.AddString("PIXELTYPE=SIGNEDBYTE");
  }
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  GDALDatasetUniquePtr dataset(
      driver->Create(path.c_str(), spec.width, spec.height, spec.bands, type, options.List()));
  for (int b = 1; dataset && spec.nodata && b <= spec.bands; ++b) {
    EXPECT_EQ(dataset->GetRasterBand(b)->SetNoDataValue(*spec.nodata), CE_None);
  }
  return dataset;
}

inline void write_band(GDALDataset& dataset, const FileSpec& spec, int band) {
  std::vector<std::byte> pixels = band_pixels(spec, band);
  GDALRasterBand& target = *dataset.GetRasterBand(band);
  ASSERT_EQ(target.RasterIO(GF_Write, 0, 0, spec.width, spec.height, pixels.data(), spec.width,
                            spec.height, target.GetRasterDataType(), 0, 0, nullptr),
            CE_None);
}

/// @return false if this GDAL cannot make such a file
inline bool make_tiff(const std::string& path, const FileSpec& spec) {
  const GDALDatasetUniquePtr dataset = create_tiff(path, spec);
  if (!dataset) return false;
  for (int b = 1; b <= spec.bands; ++b) write_band(*dataset, spec, b);
  return true;
}

/// Pixels of a window, band after band.
using Pixels = std::vector<std::vector<std::byte>>;

inline kernels::DataType type_of(const SceneInfo& scene, int band) {
  return band == kMaskBand ? kernels::DataType::kUInt8
                           : scene.bands.at(static_cast<std::size_t>(band - 1)).type;
}

inline Pixels read_ours(Source& source, const SceneInfo& scene, const Window& window,
                        const std::vector<int>& bands, DecodeReport* report = nullptr) {
  Pixels pixels;
  std::vector<kernels::Plane> planes;
  for (const int band : bands) {
    const kernels::DataType type = type_of(scene, band);
    pixels.emplace_back(static_cast<std::size_t>(window.pixels() * kernels::size_bytes(type)),
                        std::byte{0xA5});
    planes.push_back({nullptr, type, window.width, window.height, window.width});
  }
  for (std::size_t i = 0; i < bands.size(); ++i) planes[i].data = pixels[i].data();
  const auto fetched = source.fetch(window, bands);
  const DecodeReport made = source.decode(*fetched, planes);
  if (report != nullptr) *report = made;
  return pixels;
}

inline Pixels read_gdal(const SceneInfo& scene, const Window& window,
                        const std::vector<int>& bands) {
  const GDALDatasetUniquePtr dataset = open_raster(scene.path, scene.overview);
  Pixels pixels;
  for (const int number : bands) {
    const kernels::DataType type = type_of(scene, number);
    GDALRasterBand* band = dataset->GetRasterBand(std::max(number, 1));
    if (number == kMaskBand) band = band->GetMaskBand();
    std::vector<std::byte> out(static_cast<std::size_t>(window.pixels() * size_bytes(type)));
    const GDALDataType as = number == kMaskBand ? GDT_Byte : buffer_type(type, *band);
    EXPECT_EQ(band->RasterIO(GF_Read, static_cast<int>(window.col), static_cast<int>(window.row),
                             static_cast<int>(window.width), static_cast<int>(window.height),
                             out.data(), static_cast<int>(window.width),
                             static_cast<int>(window.height), as, 0, 0, nullptr),
              CE_None);
    pixels.push_back(std::move(out));
  }
  return pixels;
}

inline std::vector<int> all_bands(const SceneInfo& scene) {
  std::vector<int> bands;
  for (std::size_t b = 1; b <= scene.bands.size(); ++b) bands.push_back(static_cast<int>(b));
  return bands;
}

/// The whole image, its corners, one pixel, and windows at odd offsets.
inline std::vector<Window> test_windows(const SceneInfo& scene) {
  const std::int64_t w = scene.width;
  const std::int64_t h = scene.height;
  std::vector<Window> windows = {{0, 0, w, h}, {w - 1, h - 1, 1, 1}, {0, h - 1, w, 1}};
  if (w > 40 && h > 40) {
    windows.push_back({13, 7, 31, 29});
    windows.push_back({31, 15, 2, 2});
    windows.push_back({w - 5, 3, 5, 33});
  }
  return windows;
}

inline void expect_same_as_gdal(Source& source, const SceneInfo& scene,
                                const std::vector<int>& bands, const std::string& label) {
  for (const Window& window : test_windows(scene)) {
    const Pixels ours = read_ours(source, scene, window, bands);
    const Pixels gdals = read_gdal(scene, window, bands);
    ASSERT_EQ(ours.size(), gdals.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
      ASSERT_TRUE(ours[i] == gdals[i])
          << label << ": band " << bands[i] << " of window " << window.col << "," << window.row
          << " " << window.width << "x" << window.height;
  }
}

inline std::vector<std::byte> read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

inline void write_bytes(const std::string& path, const std::vector<std::byte>& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(out.flush().good());
}

/// A GDAL configuration option for the time of a test.
class ConfigOption {
 public:
  ConfigOption(const char* name, const char* value) : name_(name) {
    CPLSetThreadLocalConfigOption(name, value);
  }
  ~ConfigOption() { CPLSetThreadLocalConfigOption(name_, nullptr); }
  ConfigOption(const ConfigOption&) = delete;
  ConfigOption& operator=(const ConfigOption&) = delete;

 private:
  const char* name_;
};

}  // namespace cogmill::io
