// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Overviews of a TIFF as the tile reader finds and reads them, against GDAL.
#include "src/io/fast_path.hpp"
#include "src/io/tiff_source.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"
#include "tests/unit/tiny_tiff.hpp"

#include <gmock/gmock.h>
#include <tiffio.h>

namespace cogmill::io {
namespace {

using kernels::DataType;
using ::testing::HasSubstr;
using Options = std::vector<std::string>;

constexpr int kWidth = 701;
constexpr int kHeight = 509;

/// Valid in stripes, and nowhere at all in the right half.
void write_mask(GDALDataset& dataset) {
  const ConfigOption config("GDAL_TIFF_INTERNAL_MASK", "YES");
  ASSERT_EQ(dataset.CreateMaskBand(GMF_PER_DATASET), CE_None);
  std::vector<std::uint8_t> mask;
  for (int row = 0; row < kHeight; ++row)
    for (int col = 0; col < kWidth; ++col)
      mask.push_back(col < kWidth / 2 && (row / 16 + col / 8) % 3 != 0 ? 255 : 0);
  ASSERT_EQ(
      dataset.GetRasterBand(1)->GetMaskBand()->RasterIO(
          GF_Write, 0, 0, kWidth, kHeight, mask.data(), kWidth, kHeight, GDT_Byte, 0, 0, nullptr),
      CE_None);
}

class TiffOverviewTest : public ::testing::Test {
 protected:
  /// @param change what else to write
  template <class Change>
  void make(const FileSpec& spec, Change change) {
    const GDALDatasetUniquePtr dataset = create_tiff(path_, spec);
    ASSERT_TRUE(dataset);
    change(*dataset);
    for (int b = 1; b <= spec.bands; ++b) write_band(*dataset, spec, b);
  }
  void add_overviews(const char* resampling = "AVERAGE") {
    const ConfigOption config("GDAL_TIFF_OVR_BLOCKSIZE", "64");
    const GDALDatasetUniquePtr dataset(
        GDALDataset::Open(path_.c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE));
    int factors[] = {2, 4, 8};
    ASSERT_EQ(dataset->BuildOverviews(resampling, 3, factors, 0, nullptr, nullptr, nullptr),
              CE_None);
  }
  void make_cog(const Options& options) {
    const GDALDatasetUniquePtr from(GDALDataset::Open(path_.c_str(), GDAL_OF_RASTER));
    CPLStringList list;
    for (const std::string& option : options) list.AddString(option.c_str());
    const std::string cog = dir_.file("cog.tif");
    ASSERT_TRUE(GDALDatasetUniquePtr(GetGDALDriverManager()->GetDriverByName("COG")->CreateCopy(
        cog.c_str(), from.get(), FALSE, list.List(), nullptr, nullptr)));
    path_ = cog;
  }
  void expect_fast_and_same(int overviews, MaskKind mask = MaskKind::kNone) {
    ASSERT_EQ(read_scene_info(path_).storage.overviews, overviews);
    for (int i = 0; i < overviews; ++i) {
      const SceneInfo scene = read_scene_info(path_, i);
      ASSERT_TRUE(scene.storage.fast_path) << i << ": " << scene.storage.fallback_reason;
      EXPECT_EQ(scene.mask, mask);
      TiffSource source(scene, {OnError::kStop, 50000});
      std::vector<int> bands = all_bands(scene);
      if (mask != MaskKind::kNone) bands.push_back(kMaskBand);
      expect_same_as_gdal(source, scene, bands, "overview " + std::to_string(i));
      if (HasFatalFailure()) return;
    }
  }

  tests::TempDir dir_;
  std::string path_ = dir_.file("a.tif");
};

TEST_F(TiffOverviewTest, CogWithMask) {
  make({kWidth, kHeight, 3, DataType::kUInt16}, write_mask);
  make_cog({"BLOCKSIZE=128", "COMPRESS=DEFLATE", "PREDICTOR=YES", "RESAMPLING=AVERAGE"});
  expect_fast_and_same(3, MaskKind::kDataset);
}

TEST_F(TiffOverviewTest, CogWithAlpha) {
  const FileSpec spec{
      kWidth, kHeight, 4, DataType::kUInt8, {"PHOTOMETRIC=RGB", "ALPHA=YES", "TILED=YES"}};
  make(spec, [](GDALDataset&) {});
  {
    const GDALDatasetUniquePtr dataset(
        GDALDataset::Open(path_.c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE));
    GDALRasterBand& alpha = *dataset->GetRasterBand(4);
    ASSERT_EQ(alpha.Fill(255), CE_None);
    std::vector<std::uint8_t> hole(200 * 100, 0);
    ASSERT_EQ(
        alpha.RasterIO(GF_Write, 33, 47, 200, 100, hole.data(), 200, 100, GDT_Byte, 0, 0, nullptr),
        CE_None);
  }
  // Nearest keeps alpha at 0 and 255, where GDAL's alpha and our validity agree.
  make_cog({"BLOCKSIZE=128", "COMPRESS=LZW", "RESAMPLING=NEAREST"});
  expect_fast_and_same(3, MaskKind::kAlpha);
}

TEST_F(TiffOverviewTest, CogWithSparseTiles) {
  for (const std::optional<double> nodata : {std::optional<double>(-9999.0), {}}) {
    path_ = dir_.file("a.tif");
    const FileSpec spec{kWidth, kHeight, 2, DataType::kFloat32, {"TILED=YES", "SPARSE_OK=TRUE"},
                        nodata};
    {
      const GDALDatasetUniquePtr dataset = create_tiff(path_, spec);
      std::vector<float> some(100 * 100, 7.5F);
      for (int b = 1; b <= 2; ++b)
        ASSERT_EQ(dataset->GetRasterBand(b)->RasterIO(GF_Write, 10, 10, 100, 100, some.data(), 100,
                                                      100, GDT_Float32, 0, 0, nullptr),
                  CE_None);
    }
    make_cog({"BLOCKSIZE=128", "COMPRESS=ZSTD", "SPARSE_OK=YES", "RESAMPLING=AVERAGE"});
    const SceneInfo first = read_scene_info(path_, 0);
    EXPECT_EQ(first.storage.total_blocks, 6);
    EXPECT_EQ(first.storage.stored_blocks, 1);
    expect_fast_and_same(3);
  }
}

TEST_F(TiffOverviewTest, PlanarBandsByteOrdersAndStrips) {
  for (const Options& options :
       {Options{"INTERLEAVE=BAND", "COMPRESS=DEFLATE", "TILED=YES"},
        Options{"INTERLEAVE=BAND", "ENDIANNESS=BIG", "BIGTIFF=YES", "COMPRESS=LZW"},
        Options{"ENDIANNESS=BIG", "PREDICTOR=2", "COMPRESS=DEFLATE"}}) {
    make({kWidth, kHeight, 3, DataType::kInt16, options}, [](GDALDataset&) {});
    add_overviews();
    expect_fast_and_same(3);
    if (HasFatalFailure()) return;
  }
}

TEST_F(TiffOverviewTest, StorageIsThatOfTheOverview) {
  make({kWidth, kHeight, 1, DataType::kUInt16, {"COMPRESS=LZW", "BLOCKYSIZE=8"}},
       [](GDALDataset&) {});
  const ConfigOption config("COMPRESS_OVERVIEW", "DEFLATE");
  add_overviews();
  const SceneInfo scene = read_scene_info(path_, 1);
  EXPECT_EQ(scene.width, 176);
  EXPECT_EQ(scene.storage.block_width, 64);
  EXPECT_TRUE(scene.storage.tiled);
  EXPECT_EQ(scene.storage.total_blocks, 3 * 2);
  EXPECT_FALSE(read_scene_info(path_).storage.tiled);
}

TEST_F(TiffOverviewTest, OfASingleRowOrColumn) {
  for (const auto& [width, height] : std::vector<std::pair<int, int>>{{131, 1}, {1, 131}, {2, 2}}) {
    make({width, height, 1, DataType::kUInt8}, [](GDALDataset&) {});
    add_overviews("NEAREST");
    expect_fast_and_same(read_scene_info(path_).storage.overviews);
  }
}

TEST_F(TiffOverviewTest, ExternalOnesAreReadByGdal) {
  make({kWidth, kHeight, 1, DataType::kUInt8}, [](GDALDataset&) {});
  {
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(path_.c_str(), GDAL_OF_RASTER));
    int factors[] = {2};
    ASSERT_EQ(dataset->BuildOverviews("NEAREST", 1, factors, 0, nullptr, nullptr, nullptr),
              CE_None);
  }
  const SceneInfo scene = read_scene_info(path_, 0);
  EXPECT_FALSE(scene.storage.fast_path);
  EXPECT_THAT(scene.storage.fallback_reason, HasSubstr(".ovr"));
  const auto source = open_source(scene, {});
  expect_same_as_gdal(*source, scene, {1}, "external");
}

TEST_F(TiffOverviewTest, OneThatVanishedIsAnError) {
  make({kWidth, kHeight, 1, DataType::kUInt8}, [](GDALDataset&) {});
  add_overviews();
  const SceneInfo scene = read_scene_info(path_, 2);
  make({kWidth, kHeight, 1, DataType::kUInt8}, [](GDALDataset&) {});
  EXPECT_THROW(TiffSource(scene, {}), report::RuntimeError);
}

/// Directories by hand: which of them are overviews, and whose are the masks?
class HandMadeOverviews : public TiffOverviewTest {
 protected:
  std::uint32_t add(std::uint32_t subfile, std::uint32_t size, std::uint32_t bands = 1) {
    auto tags = with({{254, {subfile}}}, image_tags(size, size));
    tags.back().values = {bands};
    const std::uint32_t bytes = size * size * bands;
    ++pages_;  // its number is its pixels; masks are all valid or all invalid
    const int pixel = (subfile & FILETYPE_MASK) == 0 ? pages_ : (pages_ % 2) * 255;
    const std::uint32_t data = tiff_.add_data(bytes, static_cast<std::byte>(pixel));
    return tiff_.add_directory(with(tags, {{273, {data}}, {278, {size}}, {279, {bytes}}}));
  }
  std::optional<TiffImages> find(int overview) {
    write_bytes(path_, tiff_.bytes());
    return read_tiff_overview(*ByteReader::open(path_), overview);
  }
  TinyTiff tiff_;
  int pages_ = 0;
};

constexpr std::uint32_t kReduced = FILETYPE_REDUCEDIMAGE;
constexpr std::uint32_t kMaskOfReduced = FILETYPE_REDUCEDIMAGE | FILETYPE_MASK;

TEST_F(HandMadeOverviews, AreListedAndPairedAsGdalDoes) {
  add(0, 16);
  add(kMaskOfReduced, 8);  // before any overview: nobody's
  add(kReduced, 8, 3);     // other bands
  add(FILETYPE_PAGE, 8);
  const std::uint32_t first = add(kReduced, 8);
  const std::uint32_t second = add(kReduced, 8);
  add(FILETYPE_MASK, 16);
  const std::uint32_t small = add(kReduced, 4);
  const std::uint32_t mask_of_first = add(kMaskOfReduced, 8);
  const std::uint32_t mask_of_second = add(kMaskOfReduced, 8);
  add(kMaskOfReduced, 2);
  ASSERT_TRUE(find(0) && find(1) && find(2));
  EXPECT_EQ(find(0)->image.at, first);
  EXPECT_EQ(find(1)->image.at, second);
  EXPECT_EQ(find(2)->image.at, small);
  EXPECT_EQ(find(0)->mask.value().at, mask_of_first);
  EXPECT_EQ(find(1)->mask.value().at, mask_of_second);
  EXPECT_FALSE(find(2)->mask);
  EXPECT_FALSE(find(3));
  EXPECT_FALSE(find(-1));
  for (int i = 0; i < 2; ++i) {
    const SceneInfo scene = read_scene_info(path_, i);
    ASSERT_TRUE(scene.storage.fast_path) << scene.storage.fallback_reason;
    TiffSource source(scene, {});
    expect_same_as_gdal(source, scene, {1, kMaskBand}, "by hand");
  }
}

TEST_F(HandMadeOverviews, GdalDecidesWhichOneIsMeant) {
  const auto strip = [&](std::uint32_t size, int pixel) {
    const std::uint32_t data = tiff_.add_data(size * size, static_cast<std::byte>(pixel));
    return with(image_tags(size, size), {{273, {data}}, {278, {size}}, {279, {size * size}}});
  };
  const std::uint32_t sub = tiff_.add_directory(with({{254, {kReduced}}}, strip(8, 3)));
  tiff_.restart();
  tiff_.add_directory(with(strip(16, 7), {{330, {sub}}}));  // only GDAL looks into SubIFDs
  tiff_.add_directory(with({{254, {kReduced}}}, strip(8, 5)));
  ASSERT_TRUE(find(0));
  const SceneInfo scene = read_scene_info(path_, 0);
  expect_same_as_gdal(*open_source(scene, {}), scene, {1}, scene.storage.fallback_reason);
}

TEST_F(HandMadeOverviews, DamageIsFoundBeforeAnythingIsAllocated) {
  add(0, 16);
  tiff_.add_directory(with({{254, {kReduced}}},
                           with(image_tags(1u << 30, 1u << 30),
                                {{322, {1u << 14}}, {323, {1u << 15}}, {324, {8}}, {325, {64}}})));
  write_bytes(path_, tiff_.bytes());
  EXPECT_THROW(open_tiff_overview(path_, 0), report::RuntimeError);
  EXPECT_THROW(read_scene_info(path_, 0), report::RuntimeError);
  EXPECT_TRUE(read_scene_info(path_).storage.fast_path);
}

}  // namespace
}  // namespace cogmill::io
