// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Every kind of metadata: from a dataset GDAL made, through tags, into a TIFF that GDAL reads.
#include "src/io/geo_template.hpp"
#include "src/report/error.hpp"
#include "tests/support/temp_dir.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <gdal_rat.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <memory>

namespace cogmill::io {
namespace {

using kernels::DataType;
using kernels::Nodata;

void append(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
}

TiffTag number_tag(std::uint16_t tag, std::uint32_t value) {
  TiffTag made{tag, 4, 1, {}};
  for (int i = 0; i < 4; ++i) made.value.push_back(static_cast<std::byte>(value >> (8 * i)));
  return made;
}

/// @return the entry with that number, or nullptr
const TiffTag* find_tag(const std::vector<TiffTag>& tags, std::uint16_t number) {
  const auto found = std::ranges::find(tags, number, &TiffTag::tag);
  return found == tags.end() ? nullptr : &*found;
}

/// A sparse Classic TIFF of one strip with these tags.
std::string assemble(std::vector<TiffTag> tags, std::uint32_t width, std::uint32_t height) {
  for (const auto& [tag, value] : std::vector<std::pair<std::uint16_t, std::uint32_t>>{
           {256, width}, {257, height}, {259, 1}, {273, 0}, {278, height}, {279, 0}, {284, 1}})
    tags.push_back(number_tag(tag, value));
  std::sort(tags.begin(), tags.end(), [](auto& a, auto& b) { return a.tag < b.tag; });
  std::string out = "II*";
  out.push_back('\0');
  append(out, 8, 4);
  append(out, tags.size(), 2);
  std::string values;
  const std::size_t values_at = 8 + 2 + tags.size() * 12 + 4;
  for (const TiffTag& tag : tags) {
    append(out, tag.tag, 2);
    append(out, tag.type, 2);
    append(out, tag.count, 4);
    const std::string value(reinterpret_cast<const char*>(tag.value.data()), tag.value.size());
    if (value.size() <= 4) {
      out += value + std::string(4 - value.size(), '\0');
    } else {
      append(out, values_at + values.size(), 4);
      values += value + std::string(value.size() % 2, '\0');
    }
  }
  append(out, 0, 4);
  return out + values;
}

class GeoTemplateTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { GDALAllRegister(); }

  /// Makes the input and lets `describe` fill it.
  std::string make_source(int bands, GDALDataType type,
                          const std::function<void(GDALDataset&)>& describe,
                          const char* option = nullptr) {
    CPLStringList options;
    if (option != nullptr) options.AddString(option);
    const std::string path = dir_.file("source.tif");
    GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        path.c_str(), 20, 10, bands, type, options.List()));
    EXPECT_TRUE(dataset);
    if (dataset) describe(*dataset);
    return path;
  }
  TemplateRequest request_for(const std::string& path, int bands, DataType type) {
    TemplateRequest request;
    request.path = path;
    request.type = type;
    for (int i = 1; i <= bands; ++i) request.bands.push_back({i});
    request.width = 20;
    request.height = 10;
    return request;
  }
  /// Opens what the tags say.
  GDALDatasetUniquePtr reopen(const GeoTemplate& made, bool with_sidecar = true) {
    const std::string path = dir_.file("output.tif");
    std::ofstream(path, std::ios::binary) << assemble(made.tags, 20, 10);
    if (with_sidecar && !made.aux_xml.empty()) std::ofstream(path + ".aux.xml") << made.aux_xml;
    GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str()));
    EXPECT_TRUE(dataset);
    // GDAL reads the .aux.xml late, and for category names not at all unless something else asked.
    if (dataset) dataset->GetMetadata();
    return dataset;
  }
  GDALDatasetUniquePtr convert(int bands, GDALDataType gdal_type, DataType type,
                               const std::function<void(GDALDataset&)>& describe,
                               const char* option = nullptr) {
    made_ = make_geo_template(
        request_for(make_source(bands, gdal_type, describe, option), bands, type));
    return reopen(made_);
  }
  void expect_no_sidecar() const {
    EXPECT_EQ(made_.aux_xml, "");
    for (const std::string& warning : made_.warnings) ADD_FAILURE() << warning;
  }

  tests::TempDir dir_;
  GeoTemplate made_;
};

std::string text(const char* s) { return s == nullptr ? "(null)" : s; }

bool same_crs(const OGRSpatialReference* got, const OGRSpatialReference& wanted) {
  const std::array<const char*, 2> options = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
  return got != nullptr && got->IsSame(&wanted, options.data()) != FALSE;
}

TEST_F(GeoTemplateTest, holds_no_structure_and_is_sorted) {
  convert(3, GDT_UInt16, DataType::kUInt16, [](GDALDataset&) {});
  ASSERT_FALSE(made_.tags.empty());
  std::uint16_t last = 0;
  for (const TiffTag& tag : made_.tags) {
    EXPECT_GT(tag.tag, last);
    last = tag.tag;
    for (int structure : {254, 256, 257, 259, 273, 278, 279, 284, 317, 322, 323, 324, 325})
      EXPECT_NE(tag.tag, structure);
    EXPECT_EQ(static_cast<std::int64_t>(tag.value.size()),
              static_cast<std::int64_t>(tag.count) * tiff_type_bytes(tag.type));
  }
  for (const std::uint16_t needed : {kTagBitsPerSample, kTagPhotometric, kTagSamplesPerPixel,
                                     kTagExtraSamples, kTagSampleFormat})
    EXPECT_NE(find_tag(made_.tags, needed), nullptr) << needed;
  expect_no_sidecar();
}

TEST_F(GeoTemplateTest, every_type) {
  for (int i = 0; i < kernels::kDataTypeCount; ++i) {
    const auto type = static_cast<DataType>(i);
    TemplateRequest request = request_for("", 2, type);
    request.bands = {{}, {}};
    const GeoTemplate made = make_geo_template(request);
    const auto dataset = reopen(made);
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->GetRasterCount(), 2);
    GDALRasterBand& band = *dataset->GetRasterBand(2);
    EXPECT_EQ(GDALGetDataTypeSizeBytes(band.GetRasterDataType()), kernels::size_bytes(type));
    if (type == DataType::kInt8 && band.GetRasterDataType() == GDT_Byte)
      EXPECT_EQ(text(band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE")), "SIGNEDBYTE");
    else
      EXPECT_EQ(text(GDALGetDataTypeName(band.GetRasterDataType())), kernels::name_of(type));
  }
}

TEST_F(GeoTemplateTest, crs_of_every_kind) {
  const char* local =
      "LOCAL_CS[\"site grid\",LOCAL_DATUM[\"site\",0],UNIT[\"metre\",1],"
      "AXIS[\"x\",EAST],AXIS[\"y\",NORTH]]";
  const char* custom = "+proj=laea +lat_0=12.5 +lon_0=-7.25 +x_0=1000 +datum=WGS84 +units=m";
  const char* strange = "+proj=tpeqd +lat_1=10 +lon_1=5 +lat_2=20 +lon_2=40 +datum=WGS84";
  const char* rotated =
      "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=39.25 +lon_0=18 "
      "+to_meter=0.0174532925199433 +datum=WGS84";
  for (const char* crs :
       {"EPSG:32631", "EPSG:4326", "OGC:CRS84", "EPSG:3857", "EPSG:25832+5783", "EPSG:4979",
        "EPSG:2263", "EPSG:28992", local, custom, strange, rotated}) {
    OGRSpatialReference wanted;
    wanted.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    ASSERT_EQ(wanted.SetFromUserInput(crs), OGRERR_NONE) << crs;
    // A VRT hands the CRS on as it is; a GeoTIFF source would have changed it already.
    const std::string path = dir_.file("source.vrt");
    {
      GDALDatasetUniquePtr source(GetGDALDriverManager()->GetDriverByName("VRT")->Create(
          path.c_str(), 20, 10, 1, GDT_Byte, nullptr));
      std::array<double, 6> gt = {5, 1, 0, 50, 0, -1};
      source->SetSpatialRef(&wanted);
      source->SetGeoTransform(gt.data());
    }
    made_ = make_geo_template(request_for(path, 1, DataType::kUInt8));
    const auto dataset = reopen(made_);
    ASSERT_TRUE(dataset);
    ASSERT_NE(dataset->GetSpatialRef(), nullptr) << crs;
    EXPECT_TRUE(same_crs(dataset->GetSpatialRef(), wanted)) << crs;
    EXPECT_EQ(made_.aux_xml.empty(), crs != rotated && crs != local) << crs << made_.aux_xml;
    dataset->GetDriver()->Delete(dir_.file("output.tif").c_str());
  }
}

TEST_F(GeoTemplateTest, geotransforms_and_windows) {
  for (const std::array<double, 6>& gt :
       std::vector<std::array<double, 6>>{{500000, 10, 0, 4000000, 0, -10},
                                          {100, 0.3, 0.1, 200, 0.07, -0.4},  // rotated
                                          {0, 2, 0, 0, 0, 3}}) {             // south up
    const std::string path = make_source(
        1, GDT_Byte, [&](GDALDataset& d) { d.SetGeoTransform(const_cast<double*>(gt.data())); });
    for (const auto& [col, row] : {std::pair{0, 0}, {7, 3}}) {
      TemplateRequest request = request_for(path, 1, DataType::kUInt8);
      request.col = col;
      request.row = row;
      const auto dataset = reopen(make_geo_template(request));
      std::array<double, 6> got = {};
      ASSERT_EQ(dataset->GetGeoTransform(got.data()), CE_None);
      EXPECT_DOUBLE_EQ(got[0], gt[0] + col * gt[1] + row * gt[2]);
      EXPECT_DOUBLE_EQ(got[3], gt[3] + col * gt[4] + row * gt[5]);
      for (std::size_t i : {1U, 2U, 4U, 5U}) EXPECT_DOUBLE_EQ(got[i], gt[i]);
    }
  }
}

TEST_F(GeoTemplateTest, pixel_is_point_keeps_the_transform) {
  std::array<double, 6> gt = {5, 1, 0, 50, 0, -1};
  const auto dataset = convert(1, GDT_Byte, DataType::kUInt8, [&](GDALDataset& d) {
    d.SetMetadataItem("AREA_OR_POINT", "Point");
    OGRSpatialReference crs;
    crs.importFromEPSG(4326);
    d.SetSpatialRef(&crs);
    d.SetGeoTransform(gt.data());
  });
  std::array<double, 6> got = {};
  ASSERT_EQ(dataset->GetGeoTransform(got.data()), CE_None);
  EXPECT_EQ(got, gt);
  EXPECT_EQ(text(dataset->GetMetadataItem("AREA_OR_POINT")), "Point");
}

TEST_F(GeoTemplateTest, gcps_move_with_the_window) {
  std::array<GDAL_GCP, 4> gcps;
  GDALInitGCPs(4, gcps.data());
  for (int i = 0; i < 4; ++i) {
    gcps[static_cast<std::size_t>(i)].dfGCPPixel = i * 5.5;
    gcps[static_cast<std::size_t>(i)].dfGCPLine = (i % 2) * 9;
    gcps[static_cast<std::size_t>(i)].dfGCPX = 10 + i;
    gcps[static_cast<std::size_t>(i)].dfGCPY = 50 - i * i;
  }
  TemplateRequest request = request_for(make_source(1, GDT_Byte,
                                                    [&](GDALDataset& d) {
                                                      OGRSpatialReference crs;
                                                      crs.importFromEPSG(4326);
                                                      d.SetGCPs(4, gcps.data(), &crs);
                                                    }),
                                        1, DataType::kUInt8);
  GDALDeinitGCPs(4, gcps.data());
  request.col = 2;
  request.row = 4;
  const auto dataset = reopen(made_ = make_geo_template(request));
  ASSERT_EQ(dataset->GetGCPCount(), 4);
  EXPECT_DOUBLE_EQ(dataset->GetGCPs()[3].dfGCPPixel, 16.5 - 2);
  EXPECT_DOUBLE_EQ(dataset->GetGCPs()[3].dfGCPLine, 9 - 4);
  EXPECT_DOUBLE_EQ(dataset->GetGCPs()[3].dfGCPX, 13);
  OGRSpatialReference wanted;
  wanted.importFromEPSG(4326);
  EXPECT_TRUE(same_crs(dataset->GetGCPSpatialRef(), wanted));
  expect_no_sidecar();
}

CPLStringList rpc_items() {
  CPLStringList rpc;
  for (const char* name : {"LINE_OFF", "SAMP_OFF", "LAT_OFF", "LONG_OFF", "HEIGHT_OFF",
                           "LINE_SCALE", "SAMP_SCALE", "LAT_SCALE", "LONG_SCALE", "HEIGHT_SCALE"})
    rpc.SetNameValue(name, "12.5");
  for (const char* name : {"LINE_NUM_COEFF", "LINE_DEN_COEFF", "SAMP_NUM_COEFF", "SAMP_DEN_COEFF"})
    rpc.SetNameValue(name, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20");
  return rpc;
}

TEST_F(GeoTemplateTest, rpc_moves_with_the_window_and_survives_computing) {
  const std::string path =
      make_source(1, GDT_Byte, [](GDALDataset& d) { d.SetMetadata(rpc_items().List(), "RPC"); });
  for (const PixelOrigin origin : {PixelOrigin::kUnchanged, PixelOrigin::kComputed}) {
    TemplateRequest request = request_for(path, 1, DataType::kUInt8);
    request.origin = origin;
    request.col = 3;
    request.row = 1;
    made_ = make_geo_template(request);
    const auto dataset = reopen(made_);
    EXPECT_EQ(text(dataset->GetMetadataItem("SAMP_OFF", "RPC")), "9.5");
    EXPECT_EQ(text(dataset->GetMetadataItem("LINE_OFF", "RPC")), "11.5");
    EXPECT_EQ(text(dataset->GetMetadataItem("LAT_OFF", "RPC")), "12.5");
    EXPECT_NE(find_tag(made_.tags, 50844), nullptr);
    expect_no_sidecar();
  }
}

TEST_F(GeoTemplateTest, nodata_of_every_kind) {
  struct Case {
    DataType type;
    Nodata nodata;
    std::string text;
  };
  const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  const std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();
  for (const Case& c :
       {Case{DataType::kInt16, Nodata(-9999.0), "-9999"},
        Case{DataType::kFloat32, Nodata(std::nan("")), "nan"},
        Case{DataType::kInt64, Nodata(lowest), "-9223372036854775808"},
        Case{DataType::kInt64, Nodata(-1.0), "-1"},
        Case{DataType::kUInt64, Nodata(highest), "18446744073709551615"},
        Case{DataType::kFloat32, Nodata(-3.4028234663852886e38), "-3.4028234663852886e+38"}}) {
    TemplateRequest request = request_for("", 0, c.type);
    request.bands = {{}, {}};
    request.nodata = c.nodata;
    const GeoTemplate made = make_geo_template(request);
    const TiffTag* tag = find_tag(made.tags, kTagGdalNodata);
    ASSERT_NE(tag, nullptr);
    EXPECT_STREQ(reinterpret_cast<const char*>(tag->value.data()), c.text.c_str());
    EXPECT_TRUE(made.warnings.empty());
  }
  TemplateRequest odd = request_for("", 0, DataType::kInt64);
  odd.bands = {{}};
  odd.nodata = Nodata(0.5);
  const GeoTemplate made = make_geo_template(odd);
  EXPECT_EQ(find_tag(made.tags, kTagGdalNodata), nullptr);
  EXPECT_EQ(made.warnings.size(), 1U);
}

TEST_F(GeoTemplateTest, bands_keep_their_description) {
  const auto describe = [](GDALDataset& d) {
    for (int i = 1; i <= 3; ++i) {
      GDALRasterBand& band = *d.GetRasterBand(i);
      band.SetDescription(("B0" + std::to_string(i) + " <&>").c_str());
      band.SetScale(0.1 * i);
      band.SetOffset(i);
      band.SetUnitType("K");
      band.SetMetadataItem("wavelength", std::to_string(i * 100).c_str());
      band.SetMetadataItem("inner", "x", "own");
    }
  };
  TemplateRequest request = request_for(make_source(3, GDT_UInt16, describe), 0, DataType::kUInt16);
  request.bands = {{3}, {1}, {2, "new name"}, {}};  // reordered, renamed and one without a source
  made_ = make_geo_template(request);
  const auto dataset = reopen(made_);
  const std::array<int, 3> from = {3, 1, 2};
  for (int i = 1; i <= 3; ++i) {
    GDALRasterBand& band = *dataset->GetRasterBand(i);
    const int k = from[static_cast<std::size_t>(i - 1)];
    EXPECT_DOUBLE_EQ(band.GetScale(), 0.1 * k);
    EXPECT_DOUBLE_EQ(band.GetOffset(), k);
    EXPECT_EQ(text(band.GetUnitType()), "K");
    EXPECT_EQ(text(band.GetMetadataItem("wavelength")), std::to_string(k * 100));
    EXPECT_EQ(text(band.GetMetadataItem("inner", "own")), "x");
  }
  EXPECT_EQ(text(dataset->GetRasterBand(1)->GetDescription()), "B03 <&>");
  EXPECT_EQ(text(dataset->GetRasterBand(3)->GetDescription()), "new name");
  EXPECT_EQ(text(dataset->GetRasterBand(4)->GetDescription()), "");
  EXPECT_DOUBLE_EQ(dataset->GetRasterBand(4)->GetScale(), 1);
  expect_no_sidecar();
}

TEST_F(GeoTemplateTest, colour_interpretation) {
  using Colours = std::vector<GDALColorInterp>;
  for (const Colours& colours :
       {Colours{GCI_GrayIndex}, Colours{GCI_Undefined}, Colours{GCI_GrayIndex, GCI_AlphaBand},
        Colours{GCI_RedBand, GCI_GreenBand, GCI_BlueBand},
        Colours{GCI_BlueBand, GCI_GreenBand, GCI_RedBand},
        Colours{GCI_RedBand, GCI_GreenBand, GCI_BlueBand, GCI_AlphaBand},
        Colours{GCI_RedBand, GCI_GreenBand, GCI_BlueBand, GCI_Undefined, GCI_AlphaBand},
        Colours{GCI_Undefined, GCI_Undefined, GCI_Undefined, GCI_Undefined}})
    for (const auto& [gdal_type, type] :
         {std::pair{GDT_Byte, DataType::kUInt8}, {GDT_UInt16, DataType::kUInt16}}) {
      const int bands = static_cast<int>(colours.size());
      const auto dataset = convert(bands, gdal_type, type, [&](GDALDataset& d) {
        for (int i = 0; i < bands; ++i)
          d.GetRasterBand(i + 1)->SetColorInterpretation(colours[static_cast<std::size_t>(i)]);
      });
      // GeoTIFF cannot say this of the first band, not in the source either.
      const bool first_undefined = colours[0] == GCI_Undefined;
      for (int i = 0; i < bands; ++i)
        EXPECT_EQ(dataset->GetRasterBand(i + 1)->GetColorInterpretation(),
                  first_undefined && i == 0 ? GCI_GrayIndex : colours[static_cast<std::size_t>(i)])
            << bands << " bands, band " << i + 1;
      expect_no_sidecar();
      const bool rgb = bands >= 3 && colours[0] == GCI_RedBand;
      EXPECT_EQ(std::to_integer<int>(find_tag(made_.tags, kTagPhotometric)->value[0]), rgb ? 2 : 1);
    }
}

TEST_F(GeoTemplateTest, alpha_is_of_the_kind_that_is_asked_for) {
  for (const bool associated : {true, false}) {
    TemplateRequest request = request_for("", 2, DataType::kUInt8);
    request.bands.back().alpha = true;
    request.associated_alpha = associated;
    made_ = make_geo_template(request);
    const TiffTag* tag = find_tag(made_.tags, kTagExtraSamples);
    ASSERT_NE(tag, nullptr);
    ASSERT_EQ(tag->count, 1U);
    EXPECT_EQ(std::to_integer<int>(tag->value[0]), associated ? 1 : 2);
  }
}

TEST_F(GeoTemplateTest, min_is_white_stays_so) {
  convert(
      1, GDT_Byte, DataType::kUInt8, [](GDALDataset&) {}, "PHOTOMETRIC=MINISWHITE");
  EXPECT_EQ(std::to_integer<int>(find_tag(made_.tags, kTagPhotometric)->value[0]), 0);
}

void set_table(GDALRasterBand& band) {
  GDALColorTable table;
  for (short i = 0; i < 5; ++i) {
    const GDALColorEntry entry = {static_cast<short>(i * 10), static_cast<short>(255 - i), i, 255};
    table.SetColorEntry(i, &entry);
  }
  band.SetColorTable(&table);
}

TEST_F(GeoTemplateTest, colour_table) {
  for (const auto& [gdal_type, type] :
       {std::pair{GDT_Byte, DataType::kUInt8}, {GDT_UInt16, DataType::kUInt16}}) {
    const auto dataset =
        convert(1, gdal_type, type, [](GDALDataset& d) { set_table(*d.GetRasterBand(1)); });
    expect_no_sidecar();
    EXPECT_NE(find_tag(made_.tags, kTagColorMap), nullptr);
    EXPECT_EQ(std::to_integer<int>(find_tag(made_.tags, kTagPhotometric)->value[0]), 3);
    EXPECT_NE(find_tag(overview_tags(made_.tags), kTagColorMap), nullptr);
    const GDALColorTable* table = dataset->GetRasterBand(1)->GetColorTable();
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->GetColorEntry(3)->c1, 30);
    EXPECT_EQ(table->GetColorEntry(3)->c2, 252);
    EXPECT_EQ(table->GetColorEntry(3)->c3, 3);
  }
}

TEST_F(GeoTemplateTest, what_tags_cannot_hold_goes_to_the_sidecar) {
  const std::string path = make_source(1, GDT_Byte, [](GDALDataset& d) {
    CPLStringList names;
    names.AddString("water");
    names.AddString("forest");
    d.GetRasterBand(1)->SetCategoryNames(names.List());
    set_table(*d.GetRasterBand(1));
  });
  // As Int32 the colour table has no tag either.
  made_ = make_geo_template(request_for(path, 1, DataType::kInt32));
  EXPECT_EQ(made_.warnings.size(), 2U);
  const auto dataset = reopen(made_);
  ASSERT_NE(dataset->GetRasterBand(1)->GetCategoryNames(), nullptr);
  EXPECT_EQ(text(dataset->GetRasterBand(1)->GetCategoryNames()[1]), "forest");
  ASSERT_NE(dataset->GetRasterBand(1)->GetColorTable(), nullptr);
  TemplateRequest computed = request_for(path, 1, DataType::kInt32);
  computed.origin = PixelOrigin::kComputed;
  EXPECT_EQ(make_geo_template(computed).aux_xml, "");
}

TEST_F(GeoTemplateTest, attribute_table) {
  const auto dataset = convert(1, GDT_Byte, DataType::kUInt8, [](GDALDataset& d) {
    GDALDefaultRasterAttributeTable table;
    table.CreateColumn("class", GFT_String, GFU_Name);
    table.SetValue(0, 0, "water");
    d.GetRasterBand(1)->SetDefaultRAT(&table);
  });
  const GDALRasterAttributeTable* table = dataset->GetRasterBand(1)->GetDefaultRAT();
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(text(table->GetValueAsString(0, 0)), "water");
}

TEST_F(GeoTemplateTest, metadata_domains) {
  const auto dataset = convert(1, GDT_Byte, DataType::kUInt8, [](GDALDataset& d) {
    d.SetMetadataItem("plain", "a<b&c \xC3\xA9");
    d.SetMetadataItem("TIFFTAG_SOFTWARE", "old program");
    d.SetMetadataItem("TIFFTAG_XRESOLUTION", "300");
    d.SetMetadataItem("TIFFTAG_YRESOLUTION", "300");
    d.SetMetadataItem("TIFFTAG_RESOLUTIONUNIT", "2");
    d.SetMetadataItem("inside", "1", "custom");
    d.SetMetadataItem("cloudCover", "0.5", "IMD");
    CPLStringList xml;
    xml.AddString("<root><a b=\"c\"/></root>");
    d.SetMetadata(xml.List(), "xml:own");
    CPLStringList xmp;
    xmp.AddString("<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'/>");
    d.SetMetadata(xmp.List(), "xml:XMP");
    d.SetMetadataItem("SOURCE_ICC_PROFILE", "QUJDREVGR0g=", "COLOR_PROFILE");
  });
  EXPECT_EQ(text(dataset->GetMetadataItem("plain")), "a<b&c \xC3\xA9");
  EXPECT_EQ(text(dataset->GetMetadataItem("TIFFTAG_SOFTWARE")), "old program");
  EXPECT_EQ(text(dataset->GetMetadataItem("TIFFTAG_XRESOLUTION")), "300");
  EXPECT_EQ(text(dataset->GetMetadataItem("inside", "custom")), "1");
  EXPECT_EQ(text(dataset->GetMetadataItem("cloudCover", "IMD")), "0.5");
  ASSERT_NE(dataset->GetMetadata("xml:own"), nullptr);
  EXPECT_EQ(text(dataset->GetMetadata("xml:own")[0]), "<root><a b=\"c\"/></root>");
  ASSERT_NE(dataset->GetMetadata("xml:XMP"), nullptr);
  EXPECT_EQ(text(dataset->GetMetadata("xml:XMP")[0]),
            "<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'/>");
  EXPECT_EQ(text(dataset->GetMetadataItem("SOURCE_ICC_PROFILE", "COLOR_PROFILE")), "QUJDREVGR0g=");
  expect_no_sidecar();
}

TEST_F(GeoTemplateTest, metadata_too_long_for_a_tag) {
  const std::string longest(40000, 'x');
  const auto dataset = convert(1, GDT_Byte, DataType::kUInt8,
                               [&](GDALDataset& d) { d.SetMetadataItem("long", longest.c_str()); });
  EXPECT_EQ(text(dataset->GetMetadataItem("long")), longest);
  EXPECT_EQ(made_.aux_xml.empty(), made_.warnings.empty());
}

TEST_F(GeoTemplateTest, statistics) {
  kernels::Statistics statistics;
  statistics.count = 150;
  statistics.minimum = -1.5;
  statistics.maximum = 1.0 / 3;
  statistics.mean = 0.25;
  statistics.sum_squared_deviation = 150 * 4;
  TemplateRequest request = request_for("", 0, DataType::kFloat32);
  request.bands = {{0, {}, statistics}, {0, {}, kernels::Statistics{}}, {}};
  const auto dataset = reopen(make_geo_template(request));
  GDALRasterBand& band = *dataset->GetRasterBand(1);
  EXPECT_EQ(text(band.GetMetadataItem("STATISTICS_MINIMUM")), "-1.5");
  EXPECT_EQ(text(band.GetMetadataItem("STATISTICS_MAXIMUM")).substr(0, 15), "0.3333333333333");
  EXPECT_EQ(text(band.GetMetadataItem("STATISTICS_MEAN")), "0.25");
  EXPECT_EQ(text(band.GetMetadataItem("STATISTICS_STDDEV")), "2");
  EXPECT_EQ(text(band.GetMetadataItem("STATISTICS_VALID_PERCENT")), "75");
  GDALRasterBand& empty = *dataset->GetRasterBand(2);
  EXPECT_EQ(empty.GetMetadataItem("STATISTICS_MINIMUM"), nullptr);
  EXPECT_EQ(text(empty.GetMetadataItem("STATISTICS_VALID_PERCENT")), "0");
  EXPECT_EQ(dataset->GetRasterBand(3)->GetMetadataItem("STATISTICS_VALID_PERCENT"), nullptr);
}

TEST_F(GeoTemplateTest, statistics_of_the_input_are_copied_on_request_only) {
  const std::string path = make_source(1, GDT_Byte, [](GDALDataset& d) {
    d.GetRasterBand(1)->SetStatistics(1, 2, 3, 4);
    d.GetRasterBand(1)->SetMetadataItem("other", "stays");
  });
  for (const bool copy : {false, true}) {
    TemplateRequest request = request_for(path, 1, DataType::kUInt8);
    request.copy_statistics = copy;
    const auto dataset = reopen(make_geo_template(request));
    GDALRasterBand& band = *dataset->GetRasterBand(1);
    EXPECT_EQ(band.GetMetadataItem("STATISTICS_MEAN") != nullptr, copy);
    EXPECT_EQ(text(band.GetMetadataItem("other")), "stays");
  }
}

TEST_F(GeoTemplateTest, computed_pixels_keep_only_their_place) {
  std::array<double, 6> gt = {5, 1, 0, 50, 0, -1};
  const std::string path = make_source(1, GDT_Byte, [&](GDALDataset& d) {
    OGRSpatialReference crs;
    crs.importFromEPSG(32631);
    d.SetSpatialRef(&crs);
    d.SetGeoTransform(gt.data());
    set_table(*d.GetRasterBand(1));
    d.GetRasterBand(1)->SetScale(2);
    d.GetRasterBand(1)->SetDescription("red");
    d.GetRasterBand(1)->SetStatistics(1, 2, 3, 4);
    d.SetMetadataItem("gone", "1");
  });
  TemplateRequest request = request_for(path, 1, DataType::kFloat32);
  request.origin = PixelOrigin::kComputed;
  request.copy_statistics = true;
  request.bands[0].description = "ndvi";
  made_ = make_geo_template(request);
  expect_no_sidecar();
  const auto dataset = reopen(made_);
  std::array<double, 6> got = {};
  ASSERT_EQ(dataset->GetGeoTransform(got.data()), CE_None);
  EXPECT_EQ(got, gt);
  EXPECT_NE(dataset->GetSpatialRef(), nullptr);
  GDALRasterBand& band = *dataset->GetRasterBand(1);
  EXPECT_EQ(text(band.GetDescription()), "ndvi");
  EXPECT_EQ(band.GetColorTable(), nullptr);
  EXPECT_DOUBLE_EQ(band.GetScale(), 1);
  EXPECT_EQ(band.GetMetadataItem("STATISTICS_MEAN"), nullptr);
  EXPECT_EQ(dataset->GetMetadataItem("gone"), nullptr);
}

TEST_F(GeoTemplateTest, overview_tags_are_those_of_gdals_cog_driver) {
  const std::string path = make_source(4, GDT_UInt16, [](GDALDataset& d) {
    d.GetRasterBand(1)->SetNoDataValue(7);
    d.SetMetadataItem("main", "only");
  });
  TemplateRequest request = request_for(path, 4, DataType::kUInt16);
  request.nodata = Nodata(7.0);
  std::vector<int> numbers;
  for (const TiffTag& tag : overview_tags(make_geo_template(request).tags))
    numbers.push_back(tag.tag);
  EXPECT_EQ(numbers, (std::vector<int>{258, 262, 277, 338, 339, 42113}));
}

TEST_F(GeoTemplateTest, errors_are_one_line) {
  const auto message = [](const TemplateRequest& request) -> std::string {
    try {
      make_geo_template(request);
    } catch (const report::RuntimeError& e) {
      return e.what();
    }
    return "(no error)";
  };
  EXPECT_NE(message(request_for(dir_.file("none.tif"), 1, DataType::kUInt8)).find("cannot open"),
            std::string::npos);
  const std::string path = make_source(2, GDT_Byte, [](GDALDataset&) {});
  EXPECT_NE(message(request_for(path, 3, DataType::kUInt8)).find("cannot take band 3"),
            std::string::npos);
  EXPECT_NE(message(request_for(path, 0, DataType::kUInt8)).find("0 bands"), std::string::npos);
}

TEST(TiffTags, damaged_directories_are_refused) {
  std::string file = assemble({{kTagGdalNodata, 2, 2, {std::byte{'5'}, std::byte{0}}}}, 1, 1);
  const auto read = [](const std::string& bytes) {
    return read_classic_ifd(std::as_bytes(std::span(bytes)), "test");
  };
  const auto tags = read(file);
  ASSERT_NE(find_tag(tags, kTagGdalNodata), nullptr);
  EXPECT_EQ(find_tag(tags, kTagGdalNodata)->count, 2U);
  for (std::size_t length = 0; length + 8 < file.size(); ++length)
    EXPECT_THROW(read(file.substr(0, length)), report::RuntimeError) << length;
  for (std::size_t at = 0; at < file.size(); ++at)
    for (const int value : {0, 1, 0x7F, 0xFF}) {
      std::string damaged = file;
      damaged[at] = static_cast<char>(value);
      try {
        read(damaged);
      } catch (const report::RuntimeError&) {
      }
    }
}

}  // namespace
}  // namespace cogmill::io
