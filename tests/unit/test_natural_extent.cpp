// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Grids where gdalwarp's own rules, those of older versions above all, end in nothing of use.
#include "src/crs/affine_source.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/target_grid.hpp"
#include "src/report/error.hpp"
#include "tests/unit/crs_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace cogmill::crs {
namespace {

using Box = std::array<double, 4>;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

Box corners(const TargetGrid& grid) {
  const auto& g = grid.geotransform;
  return {g[0], g[3] + g[5] * static_cast<double>(grid.height),
          g[0] + g[1] * static_cast<double>(grid.width), g[3]};
}

testing::Matcher<Box> near(const Box& box, double tolerance) {
  return ElementsAre(DoubleNear(box[0], tolerance), DoubleNear(box[1], tolerance),
                     DoubleNear(box[2], tolerance), DoubleNear(box[3], tolerance));
}

class Extents : public testing::Test {
 protected:
  SourceOptions scene(const Scene& what) {
    return {make_scene(folder_.file("scene.vrt"), what), "", "", {}};
  }

  /// Control points of an image 400 px across and 300 px high, their longitudes moved into a range.
  SourceOptions points(double west, double range_from) {
    const std::string path = folder_.file("gcp.vrt");
    const GDALDatasetUniquePtr dataset = create_vrt(path, 400, 300);
    std::vector<GDAL_GCP> gcps(20);
    GDALInitGCPs(20, gcps.data());
    for (std::size_t i = 0; i < gcps.size(); ++i) {
      GDAL_GCP& gcp = gcps[i];
      gcp.dfGCPPixel = 100.0 * static_cast<double>(i % 5);
      gcp.dfGCPLine = 100.0 * static_cast<double>(i / 5);
      gcp.dfGCPX = west + 0.01 * gcp.dfGCPPixel;
      gcp.dfGCPX -= 360 * std::floor((gcp.dfGCPX - range_from) / 360);
      gcp.dfGCPY = -17 - 0.01 * gcp.dfGCPLine;
    }
    const OGRSpatialReference srs = srs_of("EPSG:4326");
    EXPECT_EQ(dataset->SetGCPs(20, gcps.data(), &srs), CE_None);
    GDALDeinitGCPs(20, gcps.data());
    return {path, "", "", {}};
  }

  tests::TempDir folder_;
};

TEST_F(Extents, AlignedBoxesGetNoPixelForRoundingAlone) {
  const SourceOptions source = scene({"EPSG:4326", {0, 0.05, 0, 6, 0, -0.05}, 120, 120});
  for (const auto& [box, step, size] : {std::tuple{Box{0.6, 0.6, 1.2, 1.2}, 0.2, 3},
                                        {Box{1.1, 2.2, 3.3, 4.4}, 0.1, 22},
                                        {Box{0.7, 0.7, 0.9, 0.9}, 0.05, 4},
                                        {Box{0.35, 0.35, 0.45, 0.45}, 0.1, 2}}) {
    const TargetGrid grid = choose_target_grid(
        source, {.resolution = {{step, step}}, .bbox = box, .target_aligned_pixels = true});
    EXPECT_EQ(grid.width, size) << step;
    EXPECT_EQ(grid.height, size) << step;
  }
}

TEST_F(Extents, AlignedSourcesGetNoPixelForRoundingAlone) {
  const SourceOptions source = scene({"EPSG:4326", {0.6, 0.01, 0, 1.2, 0, -0.01}, 60, 60});
  const TargetGrid grid =
      choose_target_grid(source, {.resolution = {{0.2, 0.2}}, .target_aligned_pixels = true});
  EXPECT_EQ(grid.width, 3);
  EXPECT_EQ(grid.height, 3);
}

TEST_F(Extents, MercatorEndsBeforeThePoles) {
  const SourceOptions world = scene({"EPSG:4326", {-180, 1.5, 0, 90, 0, -1.5}, 240, 120});
  constexpr double kHalf = 20037508.342789244, kEllipsoid = 19994875.2497959;
  const auto to = [&](const std::string& crs) {
    return corners(choose_target_grid(world, {.dst_crs = crs}));
  };
  EXPECT_THAT(to("EPSG:3857"), near({-kHalf, -kHalf, kHalf, kHalf}, 0.1));
  EXPECT_THAT(to("EPSG:3395"), near({-kHalf, -kEllipsoid, kHalf, kEllipsoid}, 0.1));
  EXPECT_THAT(to("EPSG:3832"), near({-kHalf, -kEllipsoid, kHalf, kEllipsoid}, 0.1));
  EXPECT_THAT(to("+proj=merc +lon_0=-70 +x_0=5000000 +datum=WGS84"),
              near({5e6 - kHalf, -kEllipsoid, 5e6 + kHalf, kEllipsoid}, 0.1));
}

TEST_F(Extents, MercatorCutsTheRowsBeyondItsBorderOnly) {
  const SourceOptions north = scene({"EPSG:4326", {10, 0.1, 0, 89, 0, -0.1}, 400, 290});
  const TargetGrid grid = choose_target_grid(north, {.dst_crs = "EPSG:3857"});
  EXPECT_THAT(corners(grid), near({1113194.908, 8399737.890, 5565974.540, 20037508.343}, 0.1));
  const SourceOptions pole = scene({"EPSG:3413", {0, 2000, 0, 2e6, 0, -2000}, 1000, 1000});
  const Box box = corners(choose_target_grid(pole, {.dst_crs = "EPSG:3395"}));
  EXPECT_LE(box[3], 19994876) << "its corner is the pole";
}

TEST_F(Extents, MercatorOfASourceThatFitsIsGdalwarps) {
  const SourceOptions source = scene({"EPSG:4326", {-20, 0.5, 0, 84, 0, -0.5}, 80, 90});
  const Box box = corners(choose_target_grid(source, {.dst_crs = "EPSG:3857"}));
  EXPECT_NEAR(box[3], 18807214.097, 1);
  EXPECT_LT(box[3], 20037508);
}

TEST_F(Extents, InfinityIsRefused) {
  const SourceOptions world = scene({"EPSG:4326", {-180, 1.5, 0, 90, 0, -1.5}, 240, 120});
  try {
    const TargetGrid grid = choose_target_grid(world, {.dst_crs = "EPSG:3031"});
    FAIL() << "the north pole is at " << corners(grid)[3];
  } catch (const report::RuntimeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("--bbox"));
  }
  EXPECT_EQ(choose_target_grid(
                world, {.dst_crs = "EPSG:3031", .size = {{9, 9}}, .bbox = {{-3e6, -3e6, 3e6, 3e6}}})
                .width,
            9);
}

TEST_F(Extents, LongitudesBeyond180StayWhereTheyAre) {
  for (const char* crs : {"", "EPSG:4326", "EPSG:4269", "EPSG:4258"}) {
    const SourceOptions turn = scene({"EPSG:4326", {20, 2, 0, 60, 0, -2}, 180, 60});
    EXPECT_THAT(corners(choose_target_grid(turn, {.dst_crs = crs})), near({20, -60, 380, 60}, 1e-3))
        << crs;
    const SourceOptions centres = scene({"EPSG:4326", {-1.25, 2.5, 0, 91.25, 0, -2.5}, 144, 73});
    const TargetGrid grid = choose_target_grid(centres, {.dst_crs = crs});
    EXPECT_EQ(grid.width, 144) << crs;
    EXPECT_NEAR(grid.geotransform[0], -1.25, 1e-3) << crs;
  }
  const SourceOptions turn = scene({"EPSG:4326", {20, 2, 0, 60, 0, -1}, 180, 120});
  EXPECT_EQ(choose_target_grid(turn, {.resolution = {{4, 4}}}).width, 90);
  EXPECT_EQ(choose_target_grid(turn, {}).geotransform[5], -1) << "its own pixels";
}

TEST_F(Extents, ProjectionsSeeTheWholeOfAWideSource) {
  const std::vector<std::string> projections = {"+proj=laea +lon_0=10 +datum=WGS84", "ESRI:54009",
                                                "EPSG:3857"};
  for (const std::string& crs : projections) {
    const TargetGrid usual = choose_target_grid(
        scene({"EPSG:4326", {-180, 2, 0, 80, 0, -2}, 180, 80}), {.dst_crs = crs});
    for (const double west : {0.0, 40.0, -350.0}) {
      const TargetGrid grid = choose_target_grid(
          scene({"EPSG:4326", {west, 2, 0, 80, 0, -2}, 180, 80}), {.dst_crs = crs});
      const double pixel = usual.geotransform[1];
      EXPECT_THAT(corners(grid), near(corners(usual), 3 * pixel)) << crs << " from " << west;
    }
  }
  const Box most = corners(choose_target_grid(scene({"EPSG:4326", {0, 1, 0, 40, 0, -1}, 355, 80}),
                                              {.dst_crs = "ESRI:54009"}));
  EXPECT_LT(most[0], -1.5e7);
  EXPECT_GT(most[2], 1.5e7);
}

TEST_F(Extents, TilesAcross180LieTogether) {
  const SourceOptions fiji = scene({"EPSG:32760", {780000, 60, 0, 8130000, 0, -60}, 1000, 1200});
  for (const char* crs : {"EPSG:4326", "EPSG:4258"}) {
    const TargetGrid grid = choose_target_grid(fiji, {.dst_crs = crs});
    EXPECT_THAT(corners(grid), near({179.61, -17.55, 180.21, -16.87}, 0.05)) << crs;
    EXPECT_NEAR(static_cast<double>(grid.width * grid.height), 1.2e6, 2e5);
  }
  const TargetGrid coarse =
      choose_target_grid(fiji, {.dst_crs = "EPSG:4326", .resolution = {{0.01, 0.01}}});
  EXPECT_NEAR(static_cast<double>(coarse.width), 60, 3);
  const SourceOptions ring = scene({"EPSG:3031", {-9e5, 1000, 0, -1e6, 0, -1000}, 1800, 500});
  const Box south = corners(choose_target_grid(ring, {.dst_crs = "EPSG:4326"}));
  EXPECT_THAT(south, near({138, -81.7, 222, -74}, 1.5));
}

TEST_F(Extents, WhatHoldsAPoleGoesRoundTheGlobe) {
  const SourceOptions pole = scene({"EPSG:3413", {-9e5, 1000, 0, 5e4, 0, -1000}, 1800, 900});
  const Box box = corners(choose_target_grid(pole, {.dst_crs = "EPSG:4326"}));
  EXPECT_NEAR(box[0], -180, 0.1);
  EXPECT_NEAR(box[2], 180, 0.1);
}

TEST_F(Extents, ControlPointsAcross180AreOneScene) {
  for (const double range_from : {-180.0, 0.0}) {
    const SourceOptions source = points(178.3, range_from);
    const TargetGrid degrees = choose_target_grid(source, {.dst_crs = "EPSG:4326"});
    EXPECT_THAT(corners(degrees), near({178.3, -20, 182.3, -17}, 0.02));
    const TargetGrid metres = choose_target_grid(source, {.dst_crs = "EPSG:32760"});
    EXPECT_LT(metres.geotransform[1] * static_cast<double>(metres.width), 5e5);
    EXPECT_NO_THROW(choose_target_grid(
        source, {.dst_crs = "EPSG:4326", .size = {{40, 30}}, .bbox = {{-181.5, -20, -178, -17}}}));
  }
}

/// Where a longitude of the output lies in the source.
double column_of(const SourceOptions& source, const std::string& crs, double longitude) {
  const TargetGrid grid = make_target(crs, {longitude, 1, 0, -18, 0, -1}, 1, 1);
  std::vector<kernels::PixelPoint> point = {{0, 0}};
  make_pixel_transformer(source, 400, 300, grid)->transform(point);
  return point.front().x;
}

TEST_F(Extents, ControlPointsAreFoundFromBothSidesOf180) {
  for (const double range_from : {-180.0, 0.0})
    for (const char* crs : {"EPSG:4326", "EPSG:4258", "OGC:CRS84"}) {
      const SourceOptions source = points(178.3, range_from);
      EXPECT_NEAR(column_of(source, crs, 179.3), 100, 0.1) << crs;
      EXPECT_NEAR(column_of(source, crs, 181.3), 300, 0.1) << crs;
      EXPECT_NEAR(column_of(source, crs, -178.7), 300, 0.1) << crs;
    }
  EXPECT_NEAR(column_of(points(200, 0), "EPSG:4326", -159), 100, 0.1);
  EXPECT_NEAR(column_of(points(200, 0), "EPSG:4326", 201), 100, 0.1);
}

/// Longitude arrays of an image 400 px across and 300 px high, moved into a range.
class Arrays : public Extents {
 protected:
  SourceOptions arrays(double west, double range_from) {
    const std::string path = folder_.file("swath.vrt");
    const GDALDatasetUniquePtr dataset = create_vrt(path, 400, 300);
    CPLStringList keys;
    for (const char* axis : {"X", "Y"}) {
      const std::string name = folder_.file(std::string(axis) + ".tif");
      write_array(name, [&](int col, int row) {
        if (*axis == 'Y') return -17 - 0.01 * row;
        const double x = west + 0.01 * col;
        return x - 360 * std::floor((x - range_from) / 360);
      });
      keys.SetNameValue((std::string(axis) + "_DATASET").c_str(), name.c_str());
      keys.SetNameValue((std::string(axis) + "_BAND").c_str(), "1");
    }
    for (const char* pair : {"PIXEL_OFFSET=0", "LINE_OFFSET=0", "PIXEL_STEP=1", "LINE_STEP=1"})
      keys.AddString(pair);
    keys.SetNameValue("SRS", crs_from_text("EPSG:4326", "test").c_str());
    EXPECT_EQ(dataset->SetMetadata(keys.List(), "GEOLOCATION"), CE_None);
    return {path, "", "", {}};
  }

 private:
  template <class F>
  void write_array(const std::string& name, F value) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const GDALDatasetUniquePtr file(
        driver->Create(name.c_str(), 400, 300, 1, GDT_Float64, nullptr));
    std::vector<double> row(400);
    for (int y = 0; y < 300; ++y) {
      for (int x = 0; x < 400; ++x) row[static_cast<std::size_t>(x)] = value(x, y);
      EXPECT_EQ(file->GetRasterBand(1)->RasterIO(GF_Write, 0, y, 400, 1, row.data(), 400, 1,
                                                 GDT_Float64, 0, 0, nullptr),
                CE_None);
    }
  }
};

TEST_F(Arrays, Across180AreOneScene) {
  for (const double range_from : {-180.0, 0.0}) {
    const SourceOptions source = arrays(178.3, range_from);
    const Box box = corners(choose_target_grid(source, {.dst_crs = "EPSG:4326"}));
    EXPECT_THAT(box, near({178.3, -20, 182.3, -17}, 0.05)) << range_from;
    const TargetGrid metres = choose_target_grid(source, {.dst_crs = "EPSG:32760"});
    EXPECT_LT(metres.geotransform[1] * static_cast<double>(metres.width), 5e5);
  }
}

TEST_F(Arrays, AreFoundFromBothSidesOf180) {
  for (const double range_from : {-180.0, 0.0})
    for (const char* crs : {"EPSG:4326", "EPSG:4258"}) {
      const SourceOptions source = arrays(178.3, range_from);
      EXPECT_NEAR(column_of(source, crs, 179.305), 100.5, 1.01) << crs << " from " << range_from;
      EXPECT_NEAR(column_of(source, crs, 181.305), 300.5, 1.01) << crs << " from " << range_from;
      EXPECT_NEAR(column_of(source, crs, -178.695), 300.5, 1.01) << crs << " from " << range_from;
    }
  EXPECT_NEAR(column_of(arrays(200, 0), "EPSG:4326", -158.995), 100.5, 1.01);
  EXPECT_NEAR(column_of(arrays(-160, -180), "EPSG:4326", -158.995), 100.5, 1.01);
}

TEST_F(Arrays, NamedByAnOptionAreRefusedAcross180) {
  const auto error_of = [&](double west, double range_from) -> std::string {
    SourceOptions source = arrays(west, range_from);
    source.transformer_options = {"GEOLOC_ARRAY=" + folder_.file("X.tif")};
    try {
      choose_target_grid(source, {.dst_crs = "EPSG:4326"});
    } catch (const report::RuntimeError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(error_of(178.3, -180), HasSubstr("GEOLOCATION metadata"));
  EXPECT_THAT(error_of(178.3, 0), HasSubstr("lie across 180 degrees"));
  EXPECT_THAT(error_of(20, -180), testing::Not(HasSubstr("lie across 180 degrees")));
}

TEST_F(Extents, GradsGoOnBeyond200) {
  const SourceOptions tile = scene({"EPSG:32701", {200000, 300, 0, 8300000, 0, -300}, 366, 366});
  const Box degrees = corners(choose_target_grid(tile, {.dst_crs = "EPSG:4326"}));
  const TargetGrid grid = choose_target_grid(
      tile, {.dst_crs = "GEOGCS[\"grads\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,"
                        "298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"grad\","
                        "0.015707963267948967]]"});
  Box wanted = degrees;
  for (double& value : wanted) value *= 400.0 / 360;
  EXPECT_THAT(corners(grid), near(wanted, 0.01));
  EXPECT_GT(grid.width, 250);
  EXPECT_LT(grid.width, 500);
}

TEST_F(Extents, OneCrsNeedsNoOperation) {
  // Places far from the areas of use of GDA94 and ETRS89.
  for (const Scene& what :
       {Scene{"EPSG:4283", {152.1, 0.002, 0, -4.2, 0, -0.002}, 50, 40},
        Scene{"EPSG:4258", {-17.3, 0.002, 0, 32.9, 0, -0.002}, 50, 40},
        Scene{"EPSG:4269+5703", {-170.8, 0.002, 0, -14.2, 0, -0.002}, 50, 40}}) {
    const SourceOptions source = scene(what);
    EXPECT_EQ(choose_target_grid(source, {}).width, 50) << what.crs;
    EXPECT_EQ(choose_target_grid(source, {.resolution = {{0.004, 0.004}}}).width, 25) << what.crs;
    const double west = what.geotransform[0], north = what.geotransform[3];
    EXPECT_EQ(choose_target_grid(source, {.resolution = {{0.002, 0.002}},
                                          .bbox = {{west, north - 0.04, west + 0.06, north}}})
                  .width,
              30)
        << what.crs;
  }
}

}  // namespace
}  // namespace cogmill::crs
