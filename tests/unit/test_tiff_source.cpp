// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// The tile reader against GDAL, over everything that GDAL's GTiff driver can write and it can read.
#include "src/io/tiff_source.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"

#include <gmock/gmock.h>
#include <tiffio.h>

#include <cmath>
#include <random>
#include <thread>

namespace cogmill::io {
namespace {

using kernels::DataType;

/// Codec and predictor of a file, as creation options.
using Options = std::vector<std::string>;

std::vector<Options> codecs_for(DataType type) {
  std::vector<Options> all = {{"COMPRESS=NONE"}, {"COMPRESS=PACKBITS"}};
  for (const std::string codec : {"DEFLATE", "ZSTD", "LZW"})
    for (int predictor = 1; predictor <= (kernels::is_floating(type) ? 3 : 2); ++predictor)
      all.push_back({"COMPRESS=" + codec, "PREDICTOR=" + std::to_string(predictor)});
  return all;
}

Options operator+(Options a, const Options& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::string join(const Options& options) {
  std::string text;
  for (const std::string& option : options) text += option + " ";
  return text;
}

void expect_fast_and_same(const std::string& path, const std::string& label) {
  const SceneInfo scene = read_scene_info(path);
  ASSERT_TRUE(scene.storage.fast_path) << label << scene.storage.fallback_reason;
  TiffSource source(scene, {OnError::kStop, 10000});
  expect_same_as_gdal(source, scene, all_bands(scene), label);
  if (scene.bands.size() > 2) expect_same_as_gdal(source, scene, {3, 1, 3}, label);
}

class EveryType : public ::testing::TestWithParam<DataType> {};

TEST_P(EveryType, EveryCodecPredictorInterleaveShapeAndByteOrder) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  int made = 0;
  for (const Options& codec : codecs_for(GetParam()))
    for (const Options& shape :
         {Options{"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"}, Options{"BLOCKYSIZE=7"}})
      for (const std::string interleave : {"INTERLEAVE=PIXEL", "INTERLEAVE=BAND"})
        for (const std::string order : {"ENDIANNESS=LITTLE", "ENDIANNESS=BIG"}) {
          const Options options = codec + shape + Options{interleave, order};
          if (!make_tiff(path, {67, 45, 3, GetParam(), options})) continue;
          ++made;
          expect_fast_and_same(path, join(options));
          if (HasFatalFailure()) return;
        }
  // Older libtiffs do not know predictor 2 for 64 bits; everything else must be there.
  EXPECT_GE(made, 8 * 5);
}

INSTANTIATE_TEST_SUITE_P(Types, EveryType,
                         ::testing::Values(DataType::kUInt8, DataType::kInt8, DataType::kUInt16,
                                           DataType::kInt16, DataType::kUInt32, DataType::kInt32,
                                           DataType::kUInt64, DataType::kInt64, DataType::kFloat32,
                                           DataType::kFloat64),
                         [](const auto& test) {
                           return std::string(kernels::name_of(test.param));
                         });

TEST(TiffSource, OddSizes) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  for (const auto& [width, height] :
       std::vector<std::pair<int, int>>{{1, 1}, {33, 17}, {1, 101}, {101, 1}, {31, 16}, {97, 89}})
    for (const std::string big : {"BIGTIFF=YES", "BIGTIFF=NO"})
      for (const Options& shape :
           {Options{"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"}, Options{}}) {
        const Options options = shape + Options{big, "COMPRESS=DEFLATE", "PREDICTOR=2"};
        ASSERT_TRUE(make_tiff(path, {width, height, 1, DataType::kInt16, options}));
        expect_fast_and_same(path, std::to_string(width) + "x" + std::to_string(height));
      }
}

TEST(TiffSource, OneLongUncompressedStrip) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  for (const std::string interleave : {"INTERLEAVE=PIXEL", "INTERLEAVE=BAND"}) {
    ASSERT_TRUE(make_tiff(path, {700, 500, 3, DataType::kUInt16, {"BLOCKYSIZE=500", interleave}}));
    EXPECT_LT(read_scene_info(path).storage.block_height, 500);
    expect_fast_and_same(path, interleave);
  }
}

TEST(TiffSource, VirtualFileSystem) {
  const std::string path = "/vsimem/cogmill_test_source.tif";
  ASSERT_TRUE(make_tiff(path, {67, 45, 3, DataType::kUInt16, {"TILED=YES", "COMPRESS=ZSTD"}}));
  expect_fast_and_same(path, path);
  VSIUnlink(path.c_str());
}

TEST(TiffSource, NanAndInfinityComeBackBitByBit) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  const std::uint32_t bits[] = {0x7FC0'1234, 0xFFC0'0001, 0x7F80'0000, 0xFF80'0000, 0x8000'0000};
  {
    const FileSpec spec{5, 1, 1, DataType::kFloat32, {"COMPRESS=DEFLATE", "PREDICTOR=3"}};
    const GDALDatasetUniquePtr dataset = create_tiff(path, spec);
    std::vector<std::uint32_t> row(std::begin(bits), std::end(bits));
    ASSERT_EQ(dataset->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, 5, 1, row.data(), 5, 1,
                                                  GDT_Float32, 0, 0, nullptr),
              CE_None);
  }
  const SceneInfo scene = read_scene_info(path);
  TiffSource source(scene, {});
  const Pixels pixels = read_ours(source, scene, {0, 0, 5, 1}, {1});
  EXPECT_EQ(std::memcmp(pixels[0].data(), bits, sizeof bits), 0);
}

/// A file with only its first tile written.
void make_sparse(const std::string& path, DataType type, std::optional<double> nodata,
                 const std::string& interleave) {
  const FileSpec spec{
      67,
      45,
      2,
      type,
      {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16", "SPARSE_OK=TRUE", interleave, "COMPRESS=LZW"},
      nodata};
  const GDALDatasetUniquePtr dataset = create_tiff(path, spec);
  ASSERT_TRUE(dataset);
  std::vector<std::byte> tile(32 * 16 * 8, std::byte{3});
  GDALRasterBand& band = *dataset->GetRasterBand(1);
  ASSERT_EQ(band.RasterIO(GF_Write, 0, 0, 32, 16, tile.data(), 32, 16, band.GetRasterDataType(), 0,
                          0, nullptr),
            CE_None);
}

TEST(TiffSource, SparseBlocksAreNodataOrZero) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  for (const std::string interleave : {"INTERLEAVE=PIXEL", "INTERLEAVE=BAND"})
    for (const auto& [type, nodata] : std::vector<std::pair<DataType, std::optional<double>>>{
             {DataType::kInt16, -9999.0},
             {DataType::kUInt8, {}},
             {DataType::kUInt8, -9999.0},
             {DataType::kUInt8, 300.0},
             {DataType::kFloat32, -3.4028234663852886e38},
             {DataType::kFloat64, 0.1},
             {DataType::kUInt16, 65535.0}}) {
      make_sparse(path, type, nodata, interleave);
      EXPECT_LT(read_scene_info(path).storage.stored_blocks, 3);
      expect_fast_and_same(path, "sparse");
    }
}

TEST(TiffSource, SparseBlocksOfNanNodata) {
  const tests::TempDir dir;
  make_sparse(dir.file("a.tif"), DataType::kFloat32, std::nan(""), "INTERLEAVE=PIXEL");
  const SceneInfo scene = read_scene_info(dir.file("a.tif"));
  TiffSource source(scene, {});
  const Pixels pixels = read_ours(source, scene, {60, 40, 1, 1}, {1});
  float value = 0;
  std::memcpy(&value, pixels[0].data(), sizeof value);
  EXPECT_TRUE(std::isnan(value));
}

/// Marks every pixel whose column and row agree in a bit as valid.
void write_mask(GDALDataset& dataset) {
  ASSERT_EQ(dataset.CreateMaskBand(GMF_PER_DATASET), CE_None);
  const int width = dataset.GetRasterXSize();
  const int height = dataset.GetRasterYSize();
  std::vector<std::uint8_t> mask;
  for (int row = 0; row < height; ++row)
    for (int col = 0; col < width; ++col) mask.push_back(((col >> 1 ^ row) & 1) != 0 ? 255 : 0);
  GDALRasterBand& band = *dataset.GetRasterBand(1)->GetMaskBand();
  ASSERT_EQ(band.RasterIO(GF_Write, 0, 0, width, height, mask.data(), width, height, GDT_Byte, 0, 0,
                          nullptr),
            CE_None);
}

TEST(TiffSource, InternalAndSidecarMasks) {
  for (const char* internal : {"YES", "NO"})
    for (const Options& options :
         {Options{"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"},
          Options{"COMPRESS=LZW", "BLOCKYSIZE=7"}, Options{"TILED=YES", "ENDIANNESS=BIG"}}) {
      const tests::TempDir dir;
      const std::string path = dir.file("a.tif");
      const ConfigOption config("GDAL_TIFF_INTERNAL_MASK", internal);
      const FileSpec spec{67, 45, 3, DataType::kUInt16, options};
      {
        const GDALDatasetUniquePtr dataset = create_tiff(path, spec);
        write_mask(*dataset);
        for (int b = 1; b <= 3; ++b) write_band(*dataset, spec, b);
      }
      const SceneInfo scene = read_scene_info(path);
      EXPECT_EQ(scene.mask, MaskKind::kDataset);
      ASSERT_TRUE(scene.storage.fast_path) << scene.storage.fallback_reason;
      TiffSource source(scene, {});
      expect_same_as_gdal(source, scene, {kMaskBand, 2, 1}, join(options) + internal);
    }
}

/// Writes a Byte image of 255, or a mask of bytes that are not only 0 and 255.
void write_tiff_page(TIFF* tiff, std::uint32_t subfile, bool mask) {
  constexpr std::uint32_t kSize = 20;
  TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, subfile);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kSize);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kSize);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, mask ? PHOTOMETRIC_MASK : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 6u);
  for (std::uint32_t row = 0; row < kSize; ++row) {
    std::vector<std::uint8_t> line(kSize, 255);
    for (std::uint32_t col = 0; mask && col < kSize; ++col)
      line[col] = static_cast<std::uint8_t>((col + row) % 3);
    ASSERT_EQ(TIFFWriteScanline(tiff, line.data(), row, 0), 1);
  }
  ASSERT_EQ(TIFFWriteDirectory(tiff), 1);
}

TEST(TiffSource, InternalMaskOfBytes) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  TIFF* tiff = TIFFOpen(path.c_str(), "w");
  write_tiff_page(tiff, 0, false);
  write_tiff_page(tiff, FILETYPE_MASK, true);
  TIFFClose(tiff);
  const SceneInfo scene = read_scene_info(path);
  ASSERT_TRUE(scene.storage.fast_path) << scene.storage.fallback_reason;
  TiffSource source(scene, {});
  const Pixels pixels = read_ours(source, scene, {0, 0, 20, 20}, {kMaskBand});
  for (std::size_t i = 0; i < 400; ++i)
    EXPECT_EQ(std::to_integer<int>(pixels[0][i]), (i % 20 + i / 20) % 3 != 0 ? 255 : 0);
}

TEST(TiffSource, AlphaAsValidity) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  for (const std::string interleave : {"INTERLEAVE=PIXEL", "INTERLEAVE=BAND"})
    for (const DataType type : {DataType::kUInt8, DataType::kUInt16}) {
      const FileSpec spec{67, 45, 4, type, {"ALPHA=YES", "PHOTOMETRIC=RGB", interleave}};
      ASSERT_TRUE(make_tiff(path, spec));
      const SceneInfo scene = read_scene_info(path);
      EXPECT_EQ(scene.mask, MaskKind::kAlpha);
      EXPECT_EQ(scene.alpha_band, 4);
      TiffSource source(scene, {});
      const Window window{3, 5, 50, 31};
      const Pixels pixels = read_ours(source, scene, window, {kMaskBand, 4});
      const auto bytes = static_cast<std::size_t>(kernels::size_bytes(type));
      for (std::size_t i = 0; i < pixels[0].size(); ++i) {
        bool opaque = false;
        for (std::size_t b = 0; b < bytes; ++b)
          opaque = opaque || pixels[1][i * bytes + b] != std::byte{0};
        ASSERT_EQ(std::to_integer<int>(pixels[0][i]), opaque ? 255 : 0);
      }
    }
}

TEST(TiffSource, WithoutAMaskEverythingIsValid) {
  const tests::TempDir dir;
  ASSERT_TRUE(make_tiff(dir.file("a.tif"), {}));
  const SceneInfo scene = read_scene_info(dir.file("a.tif"));
  TiffSource source(scene, {});
  const Pixels pixels = read_ours(source, scene, {5, 5, 7, 7}, {kMaskBand, 1});
  EXPECT_EQ(pixels[0], std::vector<std::byte>(49, std::byte{255}));
}

TEST(TiffSource, MissingBandIsAnError) {
  const tests::TempDir dir;
  ASSERT_TRUE(make_tiff(dir.file("a.tif"), {}));
  const SceneInfo scene = read_scene_info(dir.file("a.tif"));
  TiffSource source(scene, {});
  const std::vector<int> bands = {4};
  EXPECT_THROW(source.fetch({0, 0, 1, 1}, bands), report::RuntimeError);
}

TEST(TiffSource, TheCacheSavesReadsAndStaysWithinItsLimit) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  const FileSpec spec{200, 60, 1, DataType::kUInt16, {"COMPRESS=LZW", "BLOCKYSIZE=10"}};
  ASSERT_TRUE(make_tiff(path, spec));
  const SceneInfo scene = read_scene_info(path);
  const std::vector<int> bands = {1};
  constexpr std::int64_t kStrip = 200 * 10 * 2;

  TiffSource all(scene, {OnError::kStop, 6 * kStrip});
  DecodeReport report;
  read_ours(all, scene, {0, 0, 100, 60}, bands, &report);
  EXPECT_EQ(report.blocks, 6);
  EXPECT_EQ(report.bytes, 6 * kStrip);
  EXPECT_EQ(all.fetch({100, 0, 100, 60}, bands)->bytes_read(), 0);
  read_ours(all, scene, {100, 0, 100, 60}, bands, &report);
  EXPECT_EQ(report.blocks, 0);

  TiffSource some(scene, {OnError::kStop, 2 * kStrip + 1});
  expect_same_as_gdal(some, scene, bands, "small cache");
  for (const int strip : {0, 1, 2}) read_ours(some, scene, {0, strip * 10, 100, 10}, bands);
  read_ours(some, scene, {100, 0, 100, 10}, bands, &report);
  EXPECT_EQ(report.blocks, 1);  // there was room for strips 1 and 2 only
  read_ours(some, scene, {100, 20, 100, 10}, bands, &report);
  EXPECT_EQ(report.blocks, 0);

  TiffSource none(scene, {});
  read_ours(none, scene, {0, 0, 100, 60}, bands);
  read_ours(none, scene, {100, 0, 100, 60}, bands, &report);
  EXPECT_EQ(report.blocks, 6);
  TiffSource whole(scene, {OnError::kStop, 6 * kStrip});
  read_ours(whole, scene, {0, 0, 200, 60}, bands);
  read_ours(whole, scene, {100, 0, 100, 60}, bands, &report);
  EXPECT_EQ(report.blocks, 6);  // nobody was to want those of the whole image again
}

TEST(TiffSource, ManyThreadsAtOnce) {
  const tests::TempDir dir;
  const std::string path = dir.file("a.tif");
  const FileSpec spec{201,
                      157,
                      3,
                      DataType::kUInt16,
                      {"COMPRESS=DEFLATE", "TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32"}};
  ASSERT_TRUE(make_tiff(path, spec));
  const SceneInfo scene = read_scene_info(path);
  TiffSource source(scene, {OnError::kStop, 20000});
  const Pixels whole = read_gdal(scene, {0, 0, 201, 157}, {1, 2, 3});
  std::vector<int> wrong(6, 0);
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < wrong.size(); ++t)
    threads.emplace_back([&, t] {
      std::mt19937 random(t);
      for (int n = 0; n < 40; ++n) {
        const auto pick = [&](unsigned end) { return static_cast<std::int64_t>(random() % end); };
        const Window w{pick(150), pick(100), 1 + pick(51), 1 + pick(57)};
        const Pixels part = read_ours(source, scene, w, {3, 1});
        for (std::int64_t row = 0; row < w.height; ++row) {
          const auto at = static_cast<std::size_t>(((w.row + row) * 201 + w.col) * 2);
          const auto in = static_cast<std::size_t>(row * w.width * 2);
          const auto size = static_cast<std::size_t>(w.width * 2);
          wrong[t] += std::memcmp(&part[0][in], &whole[2][at], size) != 0 ? 1 : 0;
          wrong[t] += std::memcmp(&part[1][in], &whole[0][at], size) != 0 ? 1 : 0;
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(6, 0));
}

TEST(BlockCache, DropsWhatWasNotUsedForLongest) {
  BlockCache cache(300);
  const auto block = [] { return std::make_shared<DecodedBlock>(100); };
  for (const std::int64_t i : {1, 2, 3}) cache.insert({false, i}, block());
  EXPECT_TRUE(cache.find({false, 1}));
  cache.insert({true, 1}, block());
  EXPECT_TRUE(cache.find({false, 1}));
  EXPECT_FALSE(cache.find({false, 2}));
  EXPECT_TRUE(cache.find({true, 1}));
  EXPECT_TRUE(cache.find({false, 3}));
  cache.insert({false, 9}, std::make_shared<DecodedBlock>(301));
  EXPECT_FALSE(cache.find({false, 9}));
  EXPECT_TRUE(cache.find({false, 3}));  // nothing was dropped for what never fits
}

}  // namespace
}  // namespace cogmill::io
