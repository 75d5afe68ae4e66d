// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/quicklook.hpp"

#include "kernels/nodata_test.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/posix_file.hpp"
#include "src/report/error.hpp"
#include "src/report/name_beside.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>
#include <filesystem>
#include <span>
#include <system_error>

namespace cogmill::io {
namespace {

using Bytes = std::vector<std::uint8_t>;

template <class T>
double number(const std::byte* pixel) {
  T value;
  std::memcpy(&value, pixel, sizeof(T));
  return static_cast<double>(value);
}

template <class T>
double magnitude(const std::byte* pixel) {
  return std::hypot(number<T>(pixel), number<T>(pixel + sizeof(T)));
}

using ToNumber = double (*)(const std::byte*);

ToNumber reader_of(kernels::DataType type) {
  switch (type) {
    case kernels::DataType::kCInt16:
      return magnitude<std::int16_t>;
    case kernels::DataType::kCInt32:
      return magnitude<std::int32_t>;
    case kernels::DataType::kCFloat32:
      return magnitude<float>;
    case kernels::DataType::kCFloat64:
      return magnitude<double>;
    default:
      return kernels::visit_real_type(type, [](auto t) -> ToNumber { return number<decltype(t)>; });
  }
}

/// @return true where the pixel is without data by its value
bool is_nodata(const kernels::ConstPlane& plane, const std::byte* pixel,
               const std::optional<kernels::Nodata>& nodata) {
  if (!nodata || kernels::is_complex(plane.type)) return false;
  return kernels::visit_real_type(plane.type, [&](auto t) {
    using T = decltype(t);
    T value;
    std::memcpy(&value, pixel, sizeof(T));
    const auto missing = nodata->as<T>();
    return missing && kernels::NodataTest<T>::around(*missing)(value);
  });
}

/// One band as numbers; NaN where it is not valid.
std::vector<double> numbers_of(const kernels::ConstPlane& plane, const QuicklookImage& image) {
  const ToNumber read = reader_of(plane.type);
  std::vector<double> numbers;
  numbers.reserve(static_cast<std::size_t>(plane.width * plane.height));
  for (std::int64_t row = 0; row < plane.height; ++row)
    for (std::int64_t col = 0; col < plane.width; ++col) {
      const std::byte* pixel = plane.at(col, row);
      const bool masked = image.mask.data != nullptr && *image.mask.at(col, row) == std::byte{0};
      const bool clear = masked || is_nodata(plane, pixel, image.nodata);
      numbers.push_back(clear ? std::nan("") : read(pixel));
    }
  return numbers;
}

/// @return the percentiles of the valid numbers; {0, 0} if there are none
std::pair<double, double> stretch_range(const std::vector<double>& numbers) {
  constexpr double kCut = 0.02;
  std::vector<double> valid;
  std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(valid),
               [](double v) { return std::isfinite(v); });
  if (valid.empty()) return {0, 0};
  const auto at = [&](double share) {
    const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(valid.size() - 1));
    std::nth_element(valid.begin(), valid.begin() + rank, valid.end());
    return valid[static_cast<std::size_t>(rank)];
  };
  const double low = at(kCut);
  return {low, at(1 - kCut)};
}

Bytes stretch(const std::vector<double>& numbers) {
  const auto [low, high] = stretch_range(numbers);
  Bytes bytes;
  bytes.reserve(numbers.size());
  for (const double value : numbers) {
    // Halves: high - low of two large doubles overflows.
    const double share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
    const double grey = std::isnan(value) ? 0 : std::clamp(share, 0.0, 1.0) * 255;
    bytes.push_back(static_cast<std::uint8_t>(std::lround(grey)));
  }
  return bytes;
}

/// The bands of the picture: grey or red, green, blue; and alpha if a pixel is clear.
std::vector<Bytes> paint_stretched(const QuicklookImage& image) {
  const std::size_t count = image.bands.size() >= 3 ? 3 : 1;
  std::vector<Bytes> painted;
  Bytes alpha(static_cast<std::size_t>(image.bands[0].width * image.bands[0].height), 0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<double> numbers = numbers_of(image.bands[i], image);
    for (std::size_t p = 0; p < numbers.size(); ++p)
      if (!std::isnan(numbers[p])) alpha[p] = 255;
    painted.push_back(stretch(numbers));
  }
  if (std::find(alpha.begin(), alpha.end(), 0) != alpha.end()) painted.push_back(std::move(alpha));
  return painted;
}

std::vector<Bytes> paint_table(const QuicklookImage& image) {
  const std::vector<double> numbers = numbers_of(image.bands[0], image);
  std::vector<Bytes> painted(4, Bytes(numbers.size(), 0));
  for (std::size_t p = 0; p < numbers.size(); ++p) {
    const bool in_table =
        numbers[p] >= 0 && numbers[p] < static_cast<double>(image.color_table.size());
    if (!in_table) continue;  // NaN too
    const kernels::Colour& color = image.color_table[static_cast<std::size_t>(numbers[p])];
    for (std::size_t i = 0; i < 4; ++i) painted[i][p] = color[i];
  }
  return painted;
}

GDALDatasetUniquePtr as_dataset(const std::vector<Bytes>& painted, int width, int height) {
  GDALDriver* memory = gdal_check(GetGDALDriverManager()->GetDriverByName("MEM"),
                                  "cannot make a quicklook: no MEM driver");
  GDALDatasetUniquePtr dataset(
      memory->Create("", width, height, static_cast<int>(painted.size()), GDT_Byte, nullptr));
  gdal_check(dataset.get(), "cannot make a quicklook");
  for (std::size_t i = 0; i < painted.size(); ++i) {
    GDALRasterBand* band = dataset->GetRasterBand(static_cast<int>(i) + 1);
    gdal_check(
        band->RasterIO(GF_Write, 0, 0, width, height, const_cast<std::uint8_t*>(painted[i].data()),
                       width, height, GDT_Byte, 0, 0, nullptr),
        "cannot make a quicklook");
  }
  if (painted.size() % 2 == 0)
    dataset->GetRasterBand(dataset->GetRasterCount())->SetColorInterpretation(GCI_AlphaBand);
  return dataset;
}

void check_image(const std::string& path, const QuicklookImage& image) {
  constexpr std::int64_t kMaxSide = 1 << 15;
  const bool sized = !image.bands.empty() && image.bands[0].width >= 1 &&
                     image.bands[0].height >= 1 && image.bands[0].width <= kMaxSide &&
                     image.bands[0].height <= kMaxSide;
  const auto same = [&](const kernels::ConstPlane& plane) {
    return plane.width == image.bands[0].width && plane.height == image.bands[0].height;
  };
  if (!sized || !std::all_of(image.bands.begin(), image.bands.end(), same) ||
      (image.mask.data != nullptr && !same(image.mask)))
    throw report::RuntimeError("cannot write quicklook " + path +
                               ": the image is empty, too large or of bands that differ in size");
}

}  // namespace

void write_quicklook(const std::string& path, const QuicklookImage& image) {
  check_image(path, image);
  register_gdal();
  const GdalMessages messages;
  const std::vector<Bytes> painted =
      image.color_table.empty() ? paint_stretched(image) : paint_table(image);
  const GDALDatasetUniquePtr dataset = as_dataset(painted, static_cast<int>(image.bands[0].width),
                                                  static_cast<int>(image.bands[0].height));
  GDALDriver* png = gdal_check(GetGDALDriverManager()->GetDriverByName("PNG"),
                               "cannot write quicklook " + path + ": GDAL has no PNG driver");
  const std::string temporary = report::name_beside(path, ".partial");
  try {
    GDALDatasetUniquePtr written(
        png->CreateCopy(temporary.c_str(), dataset.get(), FALSE, nullptr, nullptr, nullptr));
    gdal_check(written.get(), "cannot write quicklook " + path);
    written.reset();
    if (!messages.first_error().empty())
      throw report::RuntimeError("cannot write quicklook " + path + ": " + messages.first_error());
    PosixFile(temporary, PosixFile::Mode::kWrite).sync();
    rename_durably(temporary, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
}

}  // namespace cogmill::io
