// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_source.hpp"
#include "src/io/tiff_source.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

namespace cogmill::io {
namespace {

using kernels::DataType;
using ::testing::HasSubstr;

class GdalSourceTest : public ::testing::Test {
 protected:
  /// Writes the file and expects it to be read by GDAL, with the same pixels.
  void expect_fallback(const FileSpec& spec, const std::string& reason) {
    if (!make_tiff(path_, spec)) GTEST_SKIP() << "this GDAL cannot write it";
    const SceneInfo scene = read_scene_info(path_);
    EXPECT_FALSE(scene.storage.fast_path);
    EXPECT_THAT(scene.storage.fallback_reason, HasSubstr(reason));
    const auto source = open_source(scene, {});
    expect_same_as_gdal(*source, scene, all_bands(scene), reason);
  }
  /// Copies path_ into another format.
  std::string copy_as(const char* driver_name, const std::string& name) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
    if (driver == nullptr) return "";
    const GDALDatasetUniquePtr from(GDALDataset::Open(path_.c_str()));
    const GDALDatasetUniquePtr to(
        driver->CreateCopy(dir_.file(name).c_str(), from.get(), FALSE, nullptr, nullptr, nullptr));
    return to ? dir_.file(name) : "";
  }

  tests::TempDir dir_;
  std::string path_ = dir_.file("a.tif");
};

TEST_F(GdalSourceTest, Jpeg) {
  expect_fallback({67,
                   45,
                   3,
                   DataType::kUInt8,
                   {"COMPRESS=JPEG", "TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"}},
                  "JPEG compression");
}
TEST_F(GdalSourceTest, JpegInYcbcr) {
  expect_fallback({67, 45, 3, DataType::kUInt8, {"COMPRESS=JPEG", "PHOTOMETRIC=YCBCR"}},
                  "JPEG compression");
}
TEST_F(GdalSourceTest, Cmyk) {
  expect_fallback({67, 45, 4, DataType::kUInt8, {"PHOTOMETRIC=CMYK"}}, "CMYK colours");
}
TEST_F(GdalSourceTest, OddBits) {
  expect_fallback({67, 45, 2, DataType::kUInt8, {"NBITS=3"}}, "3 bits per sample");
  expect_fallback({67, 45, 1, DataType::kUInt8, {"NBITS=1"}}, "1 bit per sample");
  expect_fallback({67, 45, 1, DataType::kUInt16, {"NBITS=12"}}, "12 bits per sample");
}
TEST_F(GdalSourceTest, HalfFloats) {
  expect_fallback({67, 45, 1, DataType::kFloat32, {"NBITS=16"}},
                  "16 bits per sample of floating point");
}
TEST_F(GdalSourceTest, Complex) {
  for (const DataType type :
       {DataType::kCInt16, DataType::kCInt32, DataType::kCFloat32, DataType::kCFloat64})
    expect_fallback({67, 45, 2, type, {"COMPRESS=DEFLATE", "TILED=YES"}}, "complex pixels");
}
TEST_F(GdalSourceTest, Lzma) {
  expect_fallback({67, 45, 2, DataType::kInt16, {"COMPRESS=LZMA"}}, "LZMA compression");
}

TEST_F(GdalSourceTest, OtherFormats) {
  for (const auto& [driver, name] : std::vector<std::pair<const char*, const char*>>{
           {"VRT", "a.vrt"}, {"PNG", "a.png"}, {"ENVI", "a.img"}, {"netCDF", "a.nc"}}) {
    const int bands = std::string(driver) == "netCDF" ? 1 : 3;  // several are several datasets
    ASSERT_TRUE(make_tiff(path_, {67, 45, bands, DataType::kUInt8, {"TILED=YES"}}));
    const std::string path = copy_as(driver, name);
    if (path.empty()) continue;
    const SceneInfo scene = read_scene_info(path);
    EXPECT_EQ(scene.storage.fallback_reason, std::string("not a TIFF (") + driver + ")");
    const auto source = open_source(scene, {});
    expect_same_as_gdal(*source, scene, all_bands(scene), name);
  }
}

TEST_F(GdalSourceTest, ContainersNameTheirParts) {
  ASSERT_TRUE(make_tiff(path_, {67, 45, 2, DataType::kUInt8}));
  const std::string path = copy_as("netCDF", "a.nc");
  if (path.empty()) GTEST_SKIP() << "no netCDF driver";
  EXPECT_THROW(read_scene_info(path), report::RuntimeError);
  const SceneInfo scene = read_scene_info("NETCDF:\"" + path + "\":Band2");
  const auto source = open_source(scene, {});
  expect_same_as_gdal(*source, scene, {1}, "Band2");
}

TEST_F(GdalSourceTest, PartOfATiff) {
  ASSERT_TRUE(make_tiff(path_, {}));
  const SceneInfo scene = read_scene_info("GTIFF_DIR:1:" + path_);
  EXPECT_FALSE(scene.storage.fast_path);
  const auto source = open_source(scene, {});
  expect_same_as_gdal(*source, scene, {1, 3}, "GTIFF_DIR");
}

TEST_F(GdalSourceTest, BothPathsGiveTheSamePixelsAndMasks) {
  const ConfigOption config("GDAL_TIFF_INTERNAL_MASK", "YES");
  for (const DataType type :
       {DataType::kUInt8, DataType::kInt8, DataType::kInt64, DataType::kFloat64}) {
    const FileSpec spec{67, 45, 3, type, {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"}};
    {
      const GDALDatasetUniquePtr dataset = create_tiff(path_, spec);
      ASSERT_EQ(dataset->CreateMaskBand(GMF_PER_DATASET), CE_None);
      std::vector<std::uint8_t> row(67, 255);
      GDALRasterBand& mask = *dataset->GetRasterBand(1)->GetMaskBand();
      ASSERT_EQ(mask.Fill(0), CE_None);
      ASSERT_EQ(mask.RasterIO(GF_Write, 3, 5, 60, 1, row.data(), 60, 1, GDT_Byte, 0, 0, nullptr),
                CE_None);
      for (int b = 1; b <= 3; ++b) write_band(*dataset, spec, b);
    }
    const SceneInfo scene = read_scene_info(path_);
    TiffSource fast(scene, {});
    GdalSource slow(scene, {});
    for (const Window& window : test_windows(scene))
      EXPECT_EQ(read_ours(fast, scene, window, {2, kMaskBand, 1}),
                read_ours(slow, scene, window, {2, kMaskBand, 1}));
  }
}

TEST_F(GdalSourceTest, AlphaAndNoMask) {
  ASSERT_TRUE(make_tiff(path_, {67, 45, 4, DataType::kUInt8, {"ALPHA=YES", "PHOTOMETRIC=RGB"}}));
  const SceneInfo alpha = read_scene_info(path_);
  TiffSource fast(alpha, {});
  GdalSource slow(alpha, {});
  EXPECT_EQ(read_ours(fast, alpha, {3, 4, 50, 40}, {kMaskBand}),
            read_ours(slow, alpha, {3, 4, 50, 40}, {kMaskBand}));
  ASSERT_TRUE(make_tiff(path_, {}));
  const SceneInfo plain = read_scene_info(path_);
  GdalSource source(plain, {});
  EXPECT_EQ(read_ours(source, plain, {1, 1, 2, 2}, {kMaskBand})[0],
            std::vector<std::byte>(4, std::byte{255}));
}

TEST_F(GdalSourceTest, ADamagedTileIsNamedOrFilled) {
  const FileSpec spec{
      67,
      45,
      2,
      DataType::kUInt8,
      {"COMPRESS=LZMA", "TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16", "INTERLEAVE=BAND"},
      77};
  if (!make_tiff(path_, spec)) GTEST_SKIP() << "no LZMA";
  const TiffDirectory d = read_tiff_images(*ByteReader::open(path_)).image;
  std::vector<std::byte> bytes = read_bytes(path_);
  const auto index = static_cast<std::size_t>(d.block_index(1, 1, 2));
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(d.offsets[index]), d.byte_counts[index],
              std::byte{0xFF});
  write_bytes(path_, bytes);
  const SceneInfo scene = read_scene_info(path_);

  const auto stop = open_source(scene, {});
  try {
    read_ours(*stop, scene, {0, 0, 67, 45}, {1, 2});
    FAIL() << "the damage was not seen";
  } catch (const report::RuntimeError& e) {
    EXPECT_THAT(e.what(), HasSubstr("cannot decode band 2, tile col 1 row 2 (32x16) of " + path_));
    EXPECT_THAT(e.what(), HasSubstr("; try --on-error nodata"));
  }
  const auto go_on = open_source(scene, {OnError::kNodata});
  DecodeReport report;
  const Pixels ours = read_ours(*go_on, scene, {0, 0, 67, 45}, {1, 2}, &report);
  ASSERT_EQ(report.corrupt.size(), 1u);
  EXPECT_THAT(report.corrupt[0], HasSubstr("band 2, tile col 1 row 2 (32x16): "));
  EXPECT_EQ(read_ours(*go_on, scene, {60, 40, 7, 5}, {kMaskBand, 2})[0][0], std::byte{0});
  EXPECT_EQ(read_ours(*go_on, scene, {60, 40, 7, 5}, {2, kMaskBand})[1][4], std::byte{255});
  EXPECT_EQ(read_ours(*go_on, scene, {60, 40, 7, 5}, {1, kMaskBand})[1][0], std::byte{255});
  const std::vector<std::byte> whole = band_pixels(spec, 2);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool hole = i / 67 >= 32 && i % 67 >= 32 && i % 67 < 64;
    ASSERT_EQ(ours[1][i], hole ? std::byte{77} : whole[i]) << i;
  }
}

TEST_F(GdalSourceTest, ManyThreadsAtOnce) {
  ASSERT_TRUE(make_tiff(path_, {201,
                                157,
                                3,
                                DataType::kUInt8,
                                {"COMPRESS=JPEG", "TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32"}}));
  const SceneInfo scene = read_scene_info(path_);
  const auto source = open_source(scene, {});
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t)
    threads.emplace_back([&, t] {
      for (std::int64_t n = 0; n < 10; ++n) {
        const Window window{n * 7, static_cast<std::int64_t>(t) * 20, 60, 70};
        const bool same =
            read_ours(*source, scene, window, {3, 1}) == read_gdal(scene, window, {3, 1});
        wrong[t] += same ? 0 : 1;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(WarnOnce, PassesEachTextOnce) {
  std::vector<std::string> seen;
  WarnOnce warn([&](const std::string& text) { seen.push_back(text); });
  for (int n = 0; n < 3; ++n) warn("a");
  for (int n = 0; n < 1000; ++n) warn("b" + std::to_string(n));
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(seen[1], "b0");
}

TEST(GdalMessages, CollectsErrorsAndRoutesWarnings) {
  std::vector<std::string> warnings;
  const auto before = CPLGetErrorHandlerUserData();
  {
    GdalMessages messages([&](const std::string& text) { warnings.push_back(text); });
    CPLError(CE_Warning, CPLE_AppDefined, "two\nlines.");
    CPLError(CE_Failure, CPLE_AppDefined, "first");
    CPLError(CE_Failure, CPLE_AppDefined, "second");
    EXPECT_EQ(messages.first_error(), "first");
    EXPECT_THROW(gdal_check(CE_Failure, "cannot test"), report::RuntimeError);
    EXPECT_NO_THROW(gdal_check(CE_None, "cannot test"));
  }
  EXPECT_EQ(warnings, std::vector<std::string>{"two lines"});
  EXPECT_EQ(CPLGetErrorHandlerUserData(), before);
}

}  // namespace
}  // namespace cogmill::io
