// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/scene_info.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"
#include "tests/unit/tiny_tiff.hpp"

#include <gmock/gmock.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <filesystem>
#include <limits>
#include <sys/stat.h>

namespace cogmill::io {
namespace {

using kernels::DataType;
using kernels::Nodata;
using ::testing::HasSubstr;

class SceneInfoTest : public ::testing::Test {
 protected:
  std::string message(const std::string& path) {
    try {
      read_scene_info(path);
    } catch (const report::RuntimeError& e) {
      EXPECT_EQ(std::string(e.what()).find('\n'), std::string::npos);
      return e.what();
    }
    return "";
  }
  tests::TempDir dir_;
  std::string path_ = dir_.file("a.tif");
};

TEST_F(SceneInfoTest, TellsWhatTheFileIs) {
  {
    const FileSpec spec{67,
                        45,
                        2,
                        DataType::kInt16,
                        {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16", "COMPRESS=DEFLATE",
                         "PREDICTOR=2", "BIGTIFF=YES"},
                        -9999};
    const GDALDatasetUniquePtr dataset = create_tiff(path_, spec);
    OGRSpatialReference crs;
    ASSERT_EQ(crs.importFromEPSG(32621), OGRERR_NONE);
    ASSERT_EQ(dataset->SetSpatialRef(&crs), CE_None);
    double transform[] = {500000, 30, 0, -2000000, 0, -30};
    ASSERT_EQ(dataset->SetGeoTransform(transform), CE_None);
    dataset->GetRasterBand(2)->SetDescription("nir");
    ASSERT_EQ(dataset->GetRasterBand(2)->SetScale(0.5), CE_None);
    ASSERT_EQ(dataset->GetRasterBand(2)->SetOffset(-3), CE_None);
    write_band(*dataset, spec, 1);
  }
  const SceneInfo scene = read_scene_info(path_);
  EXPECT_EQ(scene.path, path_);
  EXPECT_EQ(scene.driver, "GTiff");
  EXPECT_EQ(scene.file_bytes, static_cast<std::int64_t>(std::filesystem::file_size(path_)));
  EXPECT_EQ(scene.width, 67);
  EXPECT_EQ(scene.height, 45);
  EXPECT_EQ(scene.crs_name, "EPSG:32621");
  EXPECT_THAT(scene.crs_wkt, ::testing::StartsWith("PROJCRS["));
  ASSERT_TRUE(scene.geotransform.has_value());
  EXPECT_EQ((*scene.geotransform)[5], -30);
  ASSERT_EQ(scene.bands.size(), 2u);
  EXPECT_EQ(scene.bands[1].type, DataType::kInt16);
  EXPECT_EQ(scene.bands[1].description, "nir");
  EXPECT_EQ(scene.bands[1].scale, 0.5);
  EXPECT_EQ(scene.bands[1].offset, -3);
  EXPECT_EQ(scene.bands[1].nodata, Nodata(-9999.0));
  EXPECT_EQ(scene.bands[0].color_interpretation, "Gray");
  EXPECT_EQ(scene.mask, MaskKind::kNone);
  const StorageInfo& storage = scene.storage;
  EXPECT_TRUE(storage.fast_path && storage.tiled && storage.bigtiff);
  EXPECT_EQ(storage.compression, "DEFLATE");
  EXPECT_EQ(storage.interleave, "PIXEL");
  EXPECT_EQ(storage.predictor, 2);
  EXPECT_EQ(storage.block_width, 32);
  EXPECT_EQ(storage.total_blocks, 9);
  EXPECT_EQ(storage.stored_blocks, 9);
  EXPECT_EQ(storage.overviews, 0);
  EXPECT_FALSE(storage.cog_layout);
}

TEST_F(SceneInfoTest, WithoutGeoreferenceThereIsNone) {
  ASSERT_TRUE(make_tiff(path_, {}));
  const SceneInfo scene = read_scene_info(path_);
  EXPECT_FALSE(scene.geotransform.has_value());
  EXPECT_EQ(scene.crs_wkt, "");
  EXPECT_EQ(scene.crs_name, "");
}

TEST_F(SceneInfoTest, NodataOf64BitIntegersIsExact) {
  for (const DataType type : {DataType::kInt64, DataType::kUInt64}) {
    {
      const GDALDatasetUniquePtr dataset = create_tiff(path_, {9, 9, 1, type});
      GDALRasterBand& band = *dataset->GetRasterBand(1);
      ASSERT_EQ(type == DataType::kInt64
                    ? band.SetNoDataValueAsInt64(std::numeric_limits<std::int64_t>::min() + 1)
                    : band.SetNoDataValueAsUInt64(std::numeric_limits<std::uint64_t>::max() - 1),
                CE_None);
    }
    const SceneInfo scene = read_scene_info(path_);
    EXPECT_EQ(scene.bands[0].nodata, type == DataType::kInt64
                                         ? Nodata(std::numeric_limits<std::int64_t>::min() + 1)
                                         : Nodata(std::numeric_limits<std::uint64_t>::max() - 1));
    EXPECT_EQ(scene_info_from_json(to_json(scene)).bands[0].nodata, scene.bands[0].nodata);
  }
}

TEST_F(SceneInfoTest, ColourTableAndCategories) {
  {
    const GDALDatasetUniquePtr dataset = create_tiff(path_, {9, 9, 1, DataType::kUInt8});
    GDALColorTable table;
    const GDALColorEntry red = {255, 0, 0, 255};
    table.SetColorEntry(1, &red);
    ASSERT_EQ(dataset->GetRasterBand(1)->SetColorTable(&table), CE_None);
    const char* names[] = {"water", "land", nullptr};
    ASSERT_EQ(dataset->GetRasterBand(1)->SetCategoryNames(const_cast<char**>(names)), CE_None);
  }
  const SceneInfo scene = read_scene_info(path_);
  EXPECT_TRUE(scene.bands[0].has_color_table && scene.bands[0].has_categories);
  EXPECT_EQ(scene.bands[0].color_interpretation, "Palette");
  EXPECT_TRUE(scene.storage.fast_path);
}

TEST_F(SceneInfoTest, SignedBytes) {
  ASSERT_TRUE(make_tiff(path_, {9, 9, 1, DataType::kInt8}));
  EXPECT_EQ(read_scene_info(path_).bands[0].type, DataType::kInt8);
}

TEST_F(SceneInfoTest, JsonKeepsEverything) {
  SceneInfo scene;
  scene.path = "/data/\xFFnot utf-8 \xC3\xA9.tif";
  scene.driver = "GTiff";
  scene.file_bytes = std::int64_t{1} << 60;
  scene.width = 161190;
  scene.height = 104424;
  scene.mask = MaskKind::kAlpha;
  scene.alpha_band = 2;
  scene.geotransform = {0.1, 1.0 / 3, 0, std::numeric_limits<double>::infinity(), 0, -1e300};
  scene.crs_wkt = "PROJCRS[\"caf\xC3\xA9\"]";
  scene.crs_name = "EPSG:4326";
  scene.gcps = 4;
  scene.rpc = true;
  scene.bands.resize(4);
  scene.bands[0].type = DataType::kCFloat64;
  scene.bands[0].nodata = Nodata(std::nan(""));
  scene.bands[1].nodata = Nodata(0.1);
  scene.bands[1].description = "\"quoted\"\n";
  scene.bands[2].nodata = Nodata(std::int64_t{-7});
  scene.bands[2].scale = std::nan("");
  scene.bands[3].has_categories = scene.bands[3].has_color_table = true;
  scene.storage = {512,  256, true, "ZSTD", "BAND", 3, true, true, 2, {{50, 40}, {25, 20}},
                   true, 7,   9,    false,  "why"};
  scene.overview = 1;
  const std::string text = to_json(scene);
  const SceneInfo back = scene_info_from_json(text);
  EXPECT_EQ(to_json(back), text);
  EXPECT_EQ(back.path, scene.path);
  EXPECT_EQ(back.file_bytes, scene.file_bytes);
  EXPECT_EQ(back.geotransform, scene.geotransform);
  EXPECT_EQ(back.mask, MaskKind::kAlpha);
  EXPECT_EQ(back.bands[0].nodata, scene.bands[0].nodata);
  EXPECT_EQ(back.bands[1].nodata, scene.bands[1].nodata);
  EXPECT_EQ(back.bands[2].nodata, scene.bands[2].nodata);
  EXPECT_TRUE(std::isnan(back.bands[2].scale));
  EXPECT_EQ(back.bands[1].description, scene.bands[1].description);
  EXPECT_TRUE(back.bands[3].has_categories && back.bands[3].has_color_table);
  EXPECT_EQ(back.storage.fallback_reason, "why");
  EXPECT_EQ(back.storage.total_blocks, 9);
  EXPECT_THROW(scene_info_from_json("{"), report::RuntimeError);
  EXPECT_THROW(scene_info_from_json("{}"), report::RuntimeError);
}

TEST_F(SceneInfoTest, EachKindOfBadInputHasItsOwnMessage) {
  EXPECT_THAT(message(dir_.file("none.tif")), HasSubstr("No such file or directory"));
  EXPECT_THAT(message(""), HasSubstr("empty"));
  EXPECT_THAT(message(dir_.path().string()), HasSubstr("it is a directory"));
  write_bytes(path_, {});
  EXPECT_THAT(message(path_), HasSubstr("the file is empty (0 bytes)"));
  write_bytes(path_, std::vector<std::byte>(1000, std::byte{'x'}));
  EXPECT_THAT(message(path_), HasSubstr("not a raster in any format"));
  ASSERT_TRUE(make_tiff(path_, {}));
  std::filesystem::resize_file(path_, 60);
  EXPECT_THAT(message(path_), HasSubstr("is truncated"));
  std::filesystem::resize_file(path_, 3);
  EXPECT_EQ(message(path_), "cannot open " + path_ + ": Cannot read TIFF header");
  EXPECT_THAT(message("/vsimem/none.tif"), HasSubstr("cannot open /vsimem/none.tif: "));
  ASSERT_EQ(mkfifo(dir_.file("pipe").c_str(), 0600), 0);
  EXPECT_THAT(message(dir_.file("pipe")), HasSubstr("not a plain file"));
}

TEST_F(SceneInfoTest, LoopsAndAbsurdSizesAreRefused) {
  TinyTiff tiff;
  const std::uint32_t data = tiff.add_data(64, std::byte{1});
  const std::uint32_t first =
      tiff.add_directory(with(image_tags(8, 8), {{273, {data}}, {278, {8}}, {279, {64}}}));
  tiff.set_link(first);
  write_bytes(path_, tiff.bytes());
  EXPECT_THAT(message(path_), HasSubstr("loop"));
  TinyTiff huge;
  huge.add_directory(with(image_tags(1u << 30, 1u << 30),
                          {{322, {1u << 14}}, {323, {1u << 15}}, {324, {8}}, {325, {64}}}));
  write_bytes(path_, huge.bytes());
  EXPECT_THAT(message(path_), HasSubstr("more than a file of"));
}

TEST_F(SceneInfoTest, ConvertCommandAndNotice) {
  ASSERT_TRUE(make_tiff(path_, {67, 45, 1, DataType::kUInt8, {"NBITS=3"}}));
  SceneInfo scene = read_scene_info(path_);
  EXPECT_THAT(fallback_notice(scene), HasSubstr("3 bits per sample"));
  EXPECT_THAT(fallback_notice(scene), HasSubstr("cogmill convert " + path_ + " a_cog.tif"));
  scene.path = "it's here.tif";
  EXPECT_EQ(convert_command(scene), "cogmill convert 'it'\\''s here.tif' 'it'\\''s here_cog.tif'");
  scene.storage.fast_path = true;
  EXPECT_EQ(fallback_notice(scene), "");
}

}  // namespace
}  // namespace cogmill::io
