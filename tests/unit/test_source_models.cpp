// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Sources without a geotransform: RPC with and without DEM, geolocation arrays, and broken ones.
#include "src/crs/pixel_transformer.hpp"
#include "src/report/error.hpp"
#include "tests/unit/crs_purity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

namespace cogmill::crs {
namespace {

using testing::HasSubstr;

GDALDatasetUniquePtr create_tiff(const std::string& path, int width, int height, int bands) {
  GDALAllRegister();
  return GDALDatasetUniquePtr(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      path.c_str(), width, height, bands, GDT_Float32, nullptr));
}

void fill(GDALDataset& dataset, int band, const std::function<float(int, int)>& value) {
  const int w = dataset.GetRasterXSize(), h = dataset.GetRasterYSize();
  std::vector<float> pixels;
  for (int row = 0; row < h; ++row)
    for (int col = 0; col < w; ++col) pixels.push_back(value(col, row));
  ASSERT_EQ(dataset.GetRasterBand(band)->RasterIO(GF_Write, 0, 0, w, h, pixels.data(), w, h,
                                                  GDT_Float32, 0, 0, nullptr),
            CE_None);
}

/// An image of 600 x 500 px around 3 E, 48 N, 1e-3 degrees a pixel; heights move it eastwards.
std::string make_rpc_scene(const std::string& path, const char* key = nullptr,
                           const char* value = nullptr) {
  const GDALDatasetUniquePtr dataset = create_vrt(path, 600, 500);
  const std::string one = "1" + std::string([] {
                            std::string zeros;
                            for (int i = 0; i < 19; ++i) zeros += " 0";
                            return zeros;
                          }());
  CPLStringList rpc;
  rpc.SetNameValue("LINE_OFF", "250");
  rpc.SetNameValue("SAMP_OFF", "300");
  rpc.SetNameValue("LAT_OFF", "48");
  rpc.SetNameValue("LONG_OFF", "3");
  rpc.SetNameValue("HEIGHT_OFF", "0");
  rpc.SetNameValue("LINE_SCALE", "250");
  rpc.SetNameValue("SAMP_SCALE", "300");
  rpc.SetNameValue("LAT_SCALE", "0.25");
  rpc.SetNameValue("LONG_SCALE", "0.3");
  rpc.SetNameValue("HEIGHT_SCALE", "1000");
  rpc.SetNameValue("LINE_NUM_COEFF", "0 0.01 -1 0.02 0.003 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
  rpc.SetNameValue("LINE_DEN_COEFF", one.c_str());
  rpc.SetNameValue("SAMP_NUM_COEFF", "0 1 0.01 0.05 0.002 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
  rpc.SetNameValue("SAMP_DEN_COEFF", one.c_str());
  if (key != nullptr) rpc.SetNameValue(key, value);
  EXPECT_EQ(dataset->SetMetadata(rpc.List(), "RPC"), CE_None);
  return path;
}

std::string make_dem(const std::string& path) {
  const GDALDatasetUniquePtr dem = create_tiff(path, 100, 90, 1);
  Geotransform geotransform = {2.5, 0.01, 0, 48.45, 0, -0.01};
  EXPECT_EQ(dem->SetGeoTransform(geotransform.data()), CE_None);
  const OGRSpatialReference srs = srs_of("EPSG:4326");
  EXPECT_EQ(dem->SetSpatialRef(&srs), CE_None);
  fill(*dem, 1, [](int col, int row) { return static_cast<float>(col * 7 % 31 + row * 3); });
  return path;
}

class SourceModels : public testing::Test {
 protected:
  std::string error_of(const SourceOptions& source) {
    try {
      make_pixel_transformer(source, 10, 10, degrees_);
    } catch (const report::RuntimeError& error) {
      std::printf("%s\n", error.what());
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
      return error.what();
    }
    ADD_FAILURE() << "no error";
    return {};
  }

  tests::TempDir folder_;
  TargetGrid degrees_ = make_target("EPSG:4326", {2.7, 1e-3, 0, 48.25, 0, -1e-3}, 600, 500);
};

TEST_F(SourceModels, Rpc) {
  const std::string path = make_rpc_scene(folder_.file("rpc.vrt"));
  const auto transformer = make_pixel_transformer({path}, 600, 500, degrees_);
  expect_pure_and_exact(*transformer, path, degrees_);
  std::vector<kernels::PixelPoint> centre = {{300, 250}};
  transformer->transform(centre);
  EXPECT_NEAR(centre[0].x, 300, 0.6);  // RPC count from the centre of the first pixel
  EXPECT_NEAR(centre[0].y, 250, 0.6);
}

TEST_F(SourceModels, RpcWithHeights) {
  const std::string path = make_rpc_scene(folder_.file("rpc.vrt"));
  const std::string dem = make_dem(folder_.file("dem.tif"));
  for (const std::string method : {"near", "bilinear", "cubic"}) {
    const std::vector<std::string> options = {"RPC_DEM=" + dem, "RPC_DEMINTERPOLATION=" + method};
    const auto transformer = make_pixel_transformer({path, "", "", options}, 600, 500, degrees_);
    expect_pure_and_exact(*transformer, path, degrees_, options);
  }
  EXPECT_THAT(error_of({path, "", "", {"RPC_DEM=" + folder_.file("none.tif")}}),
              HasSubstr("RPC_DEM"));
}

TEST_F(SourceModels, CorruptRpc) {
  for (const auto& [key, value] : {std::pair{"LINE_SCALE", "0"},
                                   {"SAMP_OFF", "nan"},
                                   {"SAMP_NUM_COEFF", "0 1 inf 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"},
                                   {"LINE_DEN_COEFF", "1 2 3"}}) {
    const std::string path = make_rpc_scene(folder_.file("bad.vrt"), key, value);
    EXPECT_THAT(error_of({path}), HasSubstr("RPC")) << key;
  }
}

TEST_F(SourceModels, GeolocationArrays) {
  const std::string arrays = folder_.file("arrays.tif");
  {
    const GDALDatasetUniquePtr dataset = create_tiff(arrays, 300, 250, 2);
    fill(*dataset, 1, [](int col, int row) {
      return 2.7f + 2e-3f * static_cast<float>(col) + 1e-4f * static_cast<float>(row);
    });
    fill(*dataset, 2, [](int col, int row) {
      return 48.25f - 2e-3f * static_cast<float>(row) + 2e-4f * static_cast<float>(col);
    });
  }
  const std::string path = folder_.file("swath.vrt");
  {
    const GDALDatasetUniquePtr dataset = create_vrt(path, 600, 500);
    CPLStringList words;
    words.SetNameValue("SRS", SRS_WKT_WGS84_LAT_LONG);
    words.SetNameValue("X_DATASET", arrays.c_str());
    words.SetNameValue("Y_DATASET", arrays.c_str());
    words.SetNameValue("X_BAND", "1");
    words.SetNameValue("Y_BAND", "2");
    for (const char* zero : {"PIXEL_OFFSET", "LINE_OFFSET"}) words.SetNameValue(zero, "0");
    for (const char* two : {"PIXEL_STEP", "LINE_STEP"}) words.SetNameValue(two, "2");
    ASSERT_EQ(dataset->SetMetadata(words.List(), "GEOLOCATION"), CE_None);
  }
  const auto transformer = make_pixel_transformer({path}, 600, 500, degrees_);
  expect_pure_and_exact(*transformer, path, degrees_);
  EXPECT_EQ(transformer->period(), 0);
}

}  // namespace
}  // namespace cogmill::crs
