// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Damaged blocks: an error that names the place, or nodata and a report.
#include "src/io/tiff_source.hpp"
#include "src/report/error.hpp"
#include "tests/unit/io_files.hpp"
#include "tests/unit/tiny_tiff.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace cogmill::io {
namespace {

using kernels::DataType;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Overwrites the stored bytes of one block.
void damage_block(const std::string& path, const TiffDirectory& d, int plane, std::int64_t col,
                  std::int64_t row) {
  std::vector<std::byte> bytes = read_bytes(path);
  const auto index = static_cast<std::size_t>(d.block_index(plane, col, row));
  ASSERT_GT(d.byte_counts[index], 4u);
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(d.offsets[index]), d.byte_counts[index],
              std::byte{0xFF});
  write_bytes(path, bytes);
}

TiffDirectory directory_of(const std::string& path) {
  return read_tiff_images(*ByteReader::open(path)).image;
}

std::string error_of(Source& source, const SceneInfo& scene, const std::vector<int>& bands) {
  try {
    read_ours(source, scene, {0, 0, scene.width, scene.height}, bands);
  } catch (const report::RuntimeError& e) {
    return e.what();
  }
  return "";
}

FileSpec deflated(DataType type, const std::string& interleave, std::optional<double> nodata) {
  return {67,
          45,
          3,
          type,
          {"TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16", "COMPRESS=DEFLATE", interleave},
          nodata};
}

class Damage : public ::testing::Test {
 protected:
  SceneInfo damaged_scene(const FileSpec& spec, int plane) {
    EXPECT_TRUE(make_tiff(path_, spec));
    damage_block(path_, directory_of(path_), plane, 1, 2);
    const SceneInfo scene = read_scene_info(path_);
    EXPECT_TRUE(scene.storage.fast_path);
    return scene;
  }
  tests::TempDir dir_;
  std::string path_ = dir_.file("dem.tif");
};

TEST_F(Damage, StopNamesFileBandAndTile) {
  const SceneInfo scene =
      damaged_scene(deflated(DataType::kInt16, "INTERLEAVE=BAND", -9999), /*plane=*/1);
  TiffSource source(scene, {});
  const std::string error = error_of(source, scene, {1, 2, 3});
  EXPECT_THAT(error,
              HasSubstr("cannot decode band 2, tile col 1 row 2 (32x16) of " + path_ + ": "));
  EXPECT_THAT(error, HasSubstr("; try --on-error nodata"));
  EXPECT_EQ(error.find('\n'), std::string::npos);
  EXPECT_EQ(error_of(source, scene, {1, 3}), "");
}

TEST_F(Damage, StopNamesAllBandsOfAnInterleavedTile) {
  const SceneInfo scene = damaged_scene(deflated(DataType::kInt16, "INTERLEAVE=PIXEL", {}), 0);
  TiffSource source(scene, {});
  EXPECT_THAT(error_of(source, scene, {1, 2, 3}), HasSubstr("decode bands 1-3, tile col 1 row 2 "));
  EXPECT_THAT(error_of(source, scene, {3}), HasSubstr("decode band 3, tile col 1 row 2 "));
}

/// The value of every pixel of the window in the damaged tile.
template <class T>
T pixel(const Pixels& pixels, std::size_t index) {
  T value{};
  std::memcpy(&value, pixels[0].data() + index * sizeof value, sizeof value);
  return value;
}

TEST_F(Damage, NodataFillsTheTileAndReportsIt) {
  const SceneInfo scene = damaged_scene(deflated(DataType::kInt16, "INTERLEAVE=PIXEL", -9999), 0);
  TiffSource source(scene, {OnError::kNodata});
  DecodeReport report;
  const Pixels ours = read_ours(source, scene, {0, 0, 67, 45}, {2}, &report);
  ASSERT_EQ(report.corrupt.size(), 1u);
  EXPECT_THAT(report.corrupt[0], HasSubstr("band 2, tile col 1 row 2 (32x16): "));
  EXPECT_EQ(report.blocks, 8);
  for (std::size_t row = 0; row < 45; ++row)
    for (std::size_t col = 0; col < 67; ++col) {
      const bool hole = row >= 32 && col >= 32 && col < 64;
      EXPECT_EQ(pixel<std::int16_t>(ours, row * 67 + col) == -9999, hole) << col << "," << row;
    }
}

TEST_F(Damage, WithoutNodataHolesAreNanOrZero) {
  const SceneInfo floats = damaged_scene(deflated(DataType::kFloat32, "INTERLEAVE=BAND", {}), 0);
  TiffSource float_source(floats, {OnError::kNodata});
  EXPECT_TRUE(std::isnan(pixel<float>(read_ours(float_source, floats, {40, 40, 1, 1}, {1}), 0)));
  const SceneInfo bytes = damaged_scene(deflated(DataType::kUInt16, "INTERLEAVE=BAND", {}), 0);
  TiffSource byte_source(bytes, {OnError::kNodata});
  EXPECT_EQ(pixel<std::uint16_t>(read_ours(byte_source, bytes, {40, 40, 1, 1}, {1}), 0), 0);
}

TEST_F(Damage, HolesAreMasked) {
  const ConfigOption config("GDAL_TIFF_INTERNAL_MASK", "YES");
  const FileSpec spec = deflated(DataType::kUInt16, "INTERLEAVE=PIXEL", {});
  {
    const GDALDatasetUniquePtr dataset = create_tiff(path_, spec);
    ASSERT_EQ(dataset->CreateMaskBand(GMF_PER_DATASET), CE_None);
    ASSERT_EQ(dataset->GetRasterBand(1)->GetMaskBand()->Fill(255), CE_None);
    write_band(*dataset, spec, 1);
  }
  damage_block(path_, directory_of(path_), 0, 1, 2);
  const SceneInfo scene = read_scene_info(path_);
  TiffSource source(scene, {OnError::kNodata});
  for (const std::vector<int>& bands : {std::vector<int>{0, 1}, std::vector<int>{1, 0}}) {
    const Pixels ours = read_ours(source, scene, {60, 40, 7, 5}, bands);
    const std::vector<std::byte>& mask = ours[bands[0] == 0 ? 0 : 1];
    EXPECT_EQ(mask[0], std::byte{0});
    EXPECT_EQ(mask[4], std::byte{255});
  }
}

TEST_F(Damage, ADamagedMaskIsInvalid) {
  const ConfigOption config("GDAL_TIFF_INTERNAL_MASK", "YES");
  const FileSpec spec{4000, 16, 1, DataType::kUInt8, {"COMPRESS=DEFLATE"}};
  {
    const GDALDatasetUniquePtr dataset = create_tiff(path_, spec);
    ASSERT_EQ(dataset->CreateMaskBand(GMF_PER_DATASET), CE_None);
    ASSERT_EQ(dataset->GetRasterBand(1)->GetMaskBand()->Fill(255), CE_None);
    write_band(*dataset, spec, 1);
  }
  damage_block(path_, read_tiff_images(*ByteReader::open(path_)).mask.value(), 0, 0, 0);
  const SceneInfo scene = read_scene_info(path_);
  TiffSource source(scene, {OnError::kNodata});
  DecodeReport report;
  const Pixels ours = read_ours(source, scene, {0, 0, 1, 1}, {kMaskBand}, &report);
  EXPECT_EQ(ours[0][0], std::byte{0});
  EXPECT_THAT(report.corrupt, ElementsAre(HasSubstr("mask, strip 0 (4000x")));
}

TEST_F(Damage, OffsetsOutsideTheFile) {
  TinyTiff tiff;
  const std::uint32_t data = tiff.add_data(8 * 8, std::byte{9});
  tiff.add_directory(
      with(image_tags(8, 8), {{273, {data, 4000000000u}}, {278, {4}}, {279, {32, 32}}}));
  write_bytes(path_, tiff.bytes());
  const SceneInfo scene = read_scene_info(path_);
  TiffSource stop(scene, {});
  EXPECT_THAT(error_of(stop, scene, {1}),
              HasSubstr("cannot decode band 1, strip 1 (8x4) of " + path_ +
                        ": its bytes 4000000000 + 32 lie outside the file"));
  TiffSource go_on(scene, {OnError::kNodata});
  DecodeReport report;
  const Pixels ours = read_ours(go_on, scene, {0, 0, 8, 8}, {1}, &report);
  EXPECT_EQ(report.corrupt.size(), 1u);
  EXPECT_EQ(ours[0][31], std::byte{9});
  EXPECT_EQ(ours[0][32], std::byte{0});
}

TEST_F(Damage, AFileCutAfterItWasOpened) {
  const FileSpec spec{
      256, 256, 1, DataType::kUInt16, {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"}};
  ASSERT_TRUE(make_tiff(path_, spec));
  const SceneInfo scene = read_scene_info(path_);
  TiffSource source(scene, {OnError::kNodata});
  TiffSource stop(scene, {});
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
  DecodeReport report;
  read_ours(source, scene, {0, 0, 256, 256}, {1}, &report);
  EXPECT_GT(report.blocks, 100);
  EXPECT_GT(report.corrupt.size(), 100u);
  EXPECT_THAT(error_of(stop, scene, {1}), HasSubstr("was cut off"));
}

TEST_F(Damage, AnotherFileUnderTheSameName) {
  ASSERT_TRUE(make_tiff(path_, {}));
  const SceneInfo scene = read_scene_info(path_);
  ASSERT_TRUE(make_tiff(path_, {66, 45, 3}));
  EXPECT_THROW(open_source(scene, {}), report::RuntimeError);
}

}  // namespace
}  // namespace cogmill::io
