// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// An image cut into COGs and put together by a VRT has the pixels and the metadata of the whole.
#include "src/io/vrt_writer.hpp"
#include "src/report/error.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/cog_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace cogmill::io {
namespace {

using partition::Window;

constexpr int kWidth = 1100;
constexpr int kHeight = 901;
const std::array<double, 6> kTransform = {500000, 10, 0, 4000000, 0, -10};

std::vector<std::uint16_t> read(GDALRasterBand& band, int width, int height) {
  std::vector<std::uint16_t> pixels(static_cast<std::size_t>(width) *
                                    static_cast<std::size_t>(height));
  tests::require(band.RasterIO(GF_Read, 0, 0, band.GetXSize(), band.GetYSize(), pixels.data(),
                               width, height, GDT_UInt16, 0, 0, nullptr));
  return pixels;
}

class VrtWriterTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { GDALAllRegister(); }

  /// Writes one window of the image as a COG.
  void write_piece(GDALDataset& whole, const VrtPiece& piece) {
    const Window& w = piece.window;
    GDALDatasetUniquePtr part(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
        "", static_cast<int>(w.width), static_cast<int>(w.height), 2, GDT_UInt16, nullptr));
    for (int i = 0; i <= 2; ++i) {
      const bool mask = i == 0;
      if (mask && whole.GetRasterBand(1)->GetMaskFlags() != GMF_PER_DATASET) continue;
      if (mask) tests::require(part->CreateMaskBand(GMF_PER_DATASET));
      GDALRasterBand* from = mask ? whole.GetRasterBand(1)->GetMaskBand() : whole.GetRasterBand(i);
      GDALRasterBand* to = mask ? part->GetRasterBand(1)->GetMaskBand() : part->GetRasterBand(i);
      std::vector<std::uint16_t> pixels(static_cast<std::size_t>(w.pixels()));
      for (const GDALRWFlag flag : {GF_Read, GF_Write}) {
        const bool reading = flag == GF_Read;
        tests::require((reading ? from : to)
                           ->RasterIO(flag, reading ? static_cast<int>(w.col) : 0,
                                      reading ? static_cast<int>(w.row) : 0,
                                      static_cast<int>(w.width), static_cast<int>(w.height),
                                      pixels.data(), static_cast<int>(w.width),
                                      static_cast<int>(w.height), GDT_UInt16, 0, 0, nullptr));
      }
      if (mask) continue;
      to->SetDescription(i == 1 ? "red" : "nir");
      to->SetScale(0.5 * i);
      to->SetOffset(i);
      to->SetMetadataItem("wavelength", "665");
      to->SetStatistics(1, 2, 3, 4);
    }
    std::array<double, 6> gt = kTransform;
    gt[0] += static_cast<double>(w.col) * gt[1];
    gt[3] += static_cast<double>(w.row) * gt[5];
    part->SetGeoTransform(gt.data());
    OGRSpatialReference crs;
    crs.importFromEPSG(32631);
    part->SetSpatialRef(&crs);
    part->SetMetadataItem("mission", "test");
    if (nodata_) part->GetRasterBand(1)->SetNoDataValue(7);
    ASSERT_TRUE(tests::write_image(dir_.file(piece.file), *part, "COG",
                                   {"BLOCKSIZE=128", "COMPRESS=DEFLATE", "RESAMPLING=NEAREST"}));
  }
  VrtRequest write(bool mask, int height = kHeight) {
    whole_ = tests::make_image(kWidth, height, 2, mask);
    VrtRequest request{dir_.file("whole.vrt"), kWidth, height, {}};
    std::int64_t row = 0;
    for (const std::int64_t rows : {512, 256, height - 768}) {  // whole tile rows but the last
      request.pieces.push_back(
          {"piece" + std::to_string(row) + ".tif", Window{0, row, kWidth, rows}});
      write_piece(*whole_, request.pieces.back());
      row += rows;
    }
    write_vrt(request);
    return request;
  }
  GDALDatasetUniquePtr open(const std::string& name = "whole.vrt") {
    GDALDatasetUniquePtr vrt(GDALDataset::Open(dir_.file(name).c_str()));
    EXPECT_TRUE(vrt);
    return vrt;
  }

  tests::TempDir dir_;
  GDALDatasetUniquePtr whole_;
  bool nodata_ = false;
};

TEST_F(VrtWriterTest, shows_the_whole_image) {
  write(false);
  const auto vrt = open();
  ASSERT_EQ(vrt->GetRasterXSize(), kWidth);
  ASSERT_EQ(vrt->GetRasterYSize(), kHeight);
  ASSERT_EQ(vrt->GetRasterCount(), 2);
  for (int band = 1; band <= 2; ++band)
    EXPECT_EQ(read(*vrt->GetRasterBand(band), kWidth, kHeight),
              read(*whole_->GetRasterBand(band), kWidth, kHeight));
  EXPECT_EQ(vrt->GetRasterBand(1)->GetMaskFlags(), GMF_ALL_VALID);
  EXPECT_FALSE(std::filesystem::exists(dir_.file("whole.vrt.partial")));
}

TEST_F(VrtWriterTest, keeps_the_metadata) {
  nodata_ = true;
  write(false);
  const auto vrt = open();
  std::array<double, 6> gt = {};
  ASSERT_EQ(vrt->GetGeoTransform(gt.data()), CE_None);
  EXPECT_EQ(gt, kTransform);
  ASSERT_NE(vrt->GetSpatialRef(), nullptr);
  EXPECT_STREQ(vrt->GetSpatialRef()->GetAuthorityCode(nullptr), "32631");
  EXPECT_STREQ(vrt->GetMetadataItem("mission"), "test");
  GDALRasterBand& band = *vrt->GetRasterBand(2);
  EXPECT_STREQ(band.GetDescription(), "nir");
  EXPECT_DOUBLE_EQ(band.GetScale(), 1);
  EXPECT_DOUBLE_EQ(band.GetOffset(), 2);
  EXPECT_STREQ(band.GetMetadataItem("wavelength"), "665");
  EXPECT_EQ(band.GetMetadataItem("STATISTICS_MEAN"), nullptr);  // those of a piece
  int has = FALSE;
  EXPECT_DOUBLE_EQ(band.GetNoDataValue(&has), 7);
  EXPECT_TRUE(has);
}

TEST_F(VrtWriterTest, a_window_that_is_not_the_first_gives_the_place) {
  VrtRequest request = write(false);
  std::reverse(request.pieces.begin(), request.pieces.end());
  write_vrt(request);  // over the existing one
  std::array<double, 6> gt = {};
  ASSERT_EQ(open()->GetGeoTransform(gt.data()), CE_None);
  EXPECT_EQ(gt, kTransform);
}

TEST_F(VrtWriterTest, keeps_the_mask) {
  write(true);
  const auto vrt = open();
  ASSERT_EQ(vrt->GetRasterBand(1)->GetMaskFlags(), GMF_PER_DATASET);
  const auto mask = read(*vrt->GetRasterBand(2)->GetMaskBand(), kWidth, kHeight);
  EXPECT_EQ(mask, read(*whole_->GetRasterBand(1)->GetMaskBand(), kWidth, kHeight));
  EXPECT_EQ(mask[0], 0);
  EXPECT_EQ(mask[1], 255);
}

TEST_F(VrtWriterTest, shows_the_overviews_of_the_pieces) {
  // With an odd height GDAL's scale is not 2, and a row may come from a neighbour.
  VrtRequest request = write(false, kHeight - 1);
  const auto vrt = open();
  GDALRasterBand& band = *vrt->GetRasterBand(1);
  ASSERT_EQ(band.GetOverviewCount(), 4);  // 1100 -> 550 -> 275 -> 137 -> 68
  GDALRasterBand& half = *band.GetOverview(0);
  EXPECT_EQ(half.GetXSize(), kWidth / 2);
  EXPECT_EQ(half.GetYSize(), kHeight / 2);
  // The first piece is 1100 x 512: its overview is the upper part of the VRT's, as it is.
  GDALDatasetUniquePtr piece(GDALDataset::Open(dir_.file(request.pieces[0].file).c_str()));
  const auto wanted = read(*piece->GetRasterBand(1)->GetOverview(0), 550, 256);
  std::vector<std::uint16_t> got(wanted.size());
  tests::require(
      half.RasterIO(GF_Read, 0, 0, 550, 256, got.data(), 550, 256, GDT_UInt16, 0, 0, nullptr));
  std::int64_t different = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) different += wanted[i] != got[i] ? 1 : 0;
  EXPECT_EQ(different, 0);
}

TEST_F(VrtWriterTest, can_be_moved_with_its_pieces) {
  write(false);
  const std::string there = dir_.file("elsewhere");
  std::filesystem::create_directory(there);
  for (const auto& entry : std::filesystem::directory_iterator(dir_.path()))
    if (entry.is_regular_file())
      std::filesystem::rename(entry.path(), there / entry.path().filename());
  const auto vrt = open("elsewhere/whole.vrt");
  EXPECT_EQ(read(*vrt->GetRasterBand(1), kWidth, kHeight),
            read(*whole_->GetRasterBand(1), kWidth, kHeight));
}

TEST_F(VrtWriterTest, colour_table_and_64_bit_nodata) {
  for (const auto& [type, name] : {std::pair{GDT_Byte, "a.tif"}, {GDT_Int64, "b.tif"}}) {
    GDALDatasetUniquePtr part(
        GetGDALDriverManager()->GetDriverByName("MEM")->Create("", 10, 10, 1, type, nullptr));
    GDALRasterBand& band = *part->GetRasterBand(1);
    GDALColorTable table;
    const GDALColorEntry entry = {9, 8, 7, 255};
    table.SetColorEntry(2, &entry);
    if (type == GDT_Byte) band.SetColorTable(&table);
    if (type == GDT_Int64) band.SetNoDataValueAsInt64(-9007199254740993);
    ASSERT_TRUE(tests::write_image(dir_.file(name), *part, "COG", {}));
    write_vrt({dir_.file("one.vrt"), 10, 10, {{name, {0, 0, 10, 10}}}});
    const auto vrt = open("one.vrt");
    if (type == GDT_Byte) {
      ASSERT_NE(vrt->GetRasterBand(1)->GetColorTable(), nullptr);
      EXPECT_EQ(vrt->GetRasterBand(1)->GetColorTable()->GetColorEntry(2)->c2, 8);
      EXPECT_EQ(vrt->GetRasterBand(1)->GetColorInterpretation(), GCI_PaletteIndex);
    } else {
      EXPECT_EQ(vrt->GetRasterBand(1)->GetNoDataValueAsInt64(), -9007199254740993);
    }
  }
}

TEST_F(VrtWriterTest, bad_requests_leave_nothing) {
  const std::string path = dir_.file("bad.vrt");
  for (const VrtRequest& request :
       {VrtRequest{path, 10, 10, {}}, VrtRequest{path, 0, 10, {{"a.tif", {0, 0, 1, 1}}}},
        VrtRequest{path, 10, 10, {{"a.tif", {5, 0, 6, 10}}}},
        VrtRequest{path, 10, 10, {{"missing.tif", {0, 0, 10, 10}}}}}) {
    EXPECT_THROW(write_vrt(request), report::RuntimeError);
    EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
  }
  write(false);
  VrtRequest nowhere{dir_.file("no/such/folder.vrt"), 10, 10, {{"../piece0.tif", {0, 0, 10, 10}}}};
  EXPECT_THROW(write_vrt(nowhere), report::RuntimeError);
}

}  // namespace
}  // namespace cogmill::io
