// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/quicklook.hpp"
#include "src/report/error.hpp"
#include "tests/support/temp_dir.hpp"

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <filesystem>
#include <limits>
#include <numeric>

namespace cogmill::io {
namespace {

using kernels::ConstPlane;
using kernels::DataType;
using kernels::Nodata;
using Bytes = std::vector<std::uint8_t>;

template <class T>
ConstPlane plane_of(const std::vector<T>& pixels, DataType type, std::int64_t width) {
  return {reinterpret_cast<const std::byte*>(pixels.data()), type, width,
          static_cast<std::int64_t>(pixels.size()) / width, width};
}

class QuicklookTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { GDALAllRegister(); }

  /// The bands of the picture that write_quicklook made.
  std::vector<Bytes> draw(const QuicklookImage& image) {
    const std::string path = dir_.file("look.png");
    write_quicklook(path, image);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(dir_.path()))
      ++files;
    EXPECT_EQ(files, 1U);  // no side-car, no temporary file
    GDALDatasetUniquePtr png(GDALDataset::Open(path.c_str()));
    EXPECT_TRUE(png);
    if (!png) return {};
    EXPECT_STREQ(png->GetDriverName(), "PNG");
    std::vector<Bytes> bands;
    for (int i = 1; i <= png->GetRasterCount(); ++i) {
      const int width = png->GetRasterXSize();
      const int height = png->GetRasterYSize();
      bands.emplace_back(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
      EXPECT_EQ(png->GetRasterBand(i)->RasterIO(GF_Read, 0, 0, width, height, bands.back().data(),
                                                width, height, GDT_Byte, 0, 0, nullptr),
                CE_None);
    }
    return bands;
  }
  tests::TempDir dir_;
};

TEST_F(QuicklookTest, stretches_between_the_percentiles) {
  std::vector<std::uint16_t> ramp(101);
  std::iota(ramp.begin(), ramp.end(), std::uint16_t{1000});
  ramp[100] = 60000;  // one bright pixel does not make the others black
  const auto bands = draw({{plane_of(ramp, DataType::kUInt16, 101)}});
  ASSERT_EQ(bands.size(), 1U);
  EXPECT_EQ(bands[0][0], 0);
  EXPECT_EQ(bands[0][2], 0);
  EXPECT_EQ(bands[0][50], 128);
  EXPECT_EQ(bands[0][98], 255);
  EXPECT_EQ(bands[0][100], 255);
}

TEST_F(QuicklookTest, three_bands_are_red_green_blue) {
  std::vector<std::uint8_t> up(101);
  std::iota(up.begin(), up.end(), std::uint8_t{0});
  const std::vector<std::uint8_t> down(up.rbegin(), up.rend());
  const auto a = plane_of(up, DataType::kUInt8, 101);
  const auto b = plane_of(down, DataType::kUInt8, 101);
  const auto bands = draw({{a, b, a, b}});
  ASSERT_EQ(bands.size(), 3U);
  EXPECT_EQ(bands[0], Bytes(bands[1].rbegin(), bands[1].rend()));
  EXPECT_EQ(bands[0], bands[2]);
  EXPECT_EQ(bands[0][100], 255);
  EXPECT_EQ(draw({{a, b}}).size(), 1U);
}

TEST_F(QuicklookTest, nodata_nan_and_masked_pixels_are_clear) {
  const std::vector<float> pixels = {-9999, std::nanf(""), 1, 2, 3, 4};
  const std::vector<std::uint8_t> valid = {255, 255, 255, 255, 255, 0};
  QuicklookImage image{{plane_of(pixels, DataType::kFloat32, 3)}, Nodata(-9999.0)};
  auto bands = draw(image);
  ASSERT_EQ(bands.size(), 2U);
  EXPECT_EQ(bands[1], (Bytes{0, 0, 255, 255, 255, 255}));
  image.mask = plane_of(valid, DataType::kUInt8, 3);
  bands = draw(image);
  EXPECT_EQ(bands[1], (Bytes{0, 0, 255, 255, 255, 0}));
  EXPECT_EQ(bands[0][2], 0);
  EXPECT_GT(bands[0][4], bands[0][2]);
}

TEST_F(QuicklookTest, images_without_contrast) {
  const std::vector<double> none = {std::nan(""), std::nan("")};
  EXPECT_EQ(draw({{plane_of(none, DataType::kFloat64, 1)}}), (std::vector<Bytes>{{0, 0}, {0, 0}}));
  const std::vector<std::int32_t> flat = {-7};
  EXPECT_EQ(draw({{plane_of(flat, DataType::kInt32, 1)}}), (std::vector<Bytes>{{128}}));
  const double most = std::numeric_limits<double>::max();
  const std::vector<double> wide = {-most, 0, most, std::numeric_limits<double>::infinity()};
  EXPECT_EQ(draw({{plane_of(wide, DataType::kFloat64, 4)}}).size(), 1U);
}

TEST_F(QuicklookTest, colour_table) {
  const std::vector<std::uint8_t> classes = {0, 1, 2, 9};
  QuicklookImage image{{plane_of(classes, DataType::kUInt8, 2)}, Nodata(2.0)};
  image.color_table = {{10, 20, 30, 255}, {40, 50, 60, 128}, {70, 80, 90, 255}};
  EXPECT_EQ(draw(image),
            (std::vector<Bytes>{{10, 40, 0, 0}, {20, 50, 0, 0}, {30, 60, 0, 0}, {255, 128, 0, 0}}));
}

TEST_F(QuicklookTest, every_type) {
  for (int i = 0; i < kernels::kDataTypeCount; ++i) {
    const auto type = static_cast<DataType>(i);
    const std::vector<std::byte> pixels(static_cast<std::size_t>(kernels::size_bytes(type)) * 6);
    const ConstPlane plane{pixels.data(), type, 3, 2, 3};
    EXPECT_EQ(draw({{plane}}), (std::vector<Bytes>{Bytes(6, 128)})) << kernels::name_of(type);
  }
  const std::vector<std::complex<float>> far = {{3, 4}, {0, 0}, {6, 8}};
  const auto bands = draw({{plane_of(far, DataType::kCFloat32, 3)}});
  EXPECT_EQ(bands[0][1], 0);
  EXPECT_GE(bands[0][2], bands[0][0]);
}

TEST_F(QuicklookTest, strided_planes) {
  const std::vector<std::uint8_t> pixels = {0, 100, 7, 7, 200, 200, 7, 7};
  const auto bands = draw({{ConstPlane{
      pixels.data() == nullptr ? nullptr : reinterpret_cast<const std::byte*>(pixels.data()),
      DataType::kUInt8, 2, 2, 4}}});
  EXPECT_EQ(bands[0][0], 0);
  EXPECT_EQ(bands[0][2], 255);
}

TEST_F(QuicklookTest, refusals) {
  const std::vector<std::uint8_t> pixels(6);
  const auto wide = plane_of(pixels, DataType::kUInt8, 3);
  const auto tall = plane_of(pixels, DataType::kUInt8, 2);
  EXPECT_THROW(write_quicklook(dir_.file("a.png"), {}), report::RuntimeError);
  EXPECT_THROW(write_quicklook(dir_.file("a.png"), {{wide, tall, wide}}), report::RuntimeError);
  EXPECT_THROW(write_quicklook(dir_.file("a.png"), {{wide}, {}, tall}), report::RuntimeError);
  EXPECT_THROW(write_quicklook(dir_.file("no/folder.png"), {{wide}}), report::RuntimeError);
  EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
}

}  // namespace
}  // namespace cogmill::io
