// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Where a map is cut through a source, and what only looks like it.
#include "src/crs/infinite_extent.hpp"
#include "src/crs/map_cut.hpp"
#include "src/crs/map_turn.hpp"
#include "src/crs/recentre_map.hpp"
#include "src/crs/srs.hpp"
#include "src/report/error.hpp"
#include "tests/unit/crs_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <string>

namespace cogmill::crs {
namespace {

using testing::HasSubstr;

std::optional<MapCut> cut(const std::string& crs, const Geotransform& transform, int width,
                          int height, const std::string& output) {
  const std::string from = crs_from_text(crs, "test"), to = crs_from_text(output, "test");
  const auto pair = std::make_shared<CrsPair>(from, to, std::nullopt);
  return find_cut(AffineSource{width, height, transform, pair}, to);
}

/// A box of longitudes and latitudes.
std::optional<MapCut> cut_of_box(double west, double south, double east, double north,
                                 const std::string& output) {
  return cut("EPSG:4326", {west, (east - west) / 100, 0, north, 0, (south - north) / 100}, 100, 100,
             output);
}

TEST(MapCut, IsFoundWhereverItGoesThroughTheSource) {
  for (const double west : {140.5, 165.0, 179.2})
    for (const char* output : {"EPSG:3857", "EPSG:6933", "ESRI:54009", "+proj=sinu"}) {
      const auto found = cut_of_box(west, -31, west + 40, 12, output);
      ASSERT_TRUE(found) << west << output;
      EXPECT_NEAR(std::abs(found->longitude), 180, 1e-6) << west << output;
      EXPECT_LT(found->ends[0], -1e7) << west << output;
      EXPECT_GT(found->ends[1], 1e7) << west << output;
    }
  const auto robinson = cut_of_box(170, 4, 190, 20, "ESRI:54030");  // its way back fails at 180
  ASSERT_TRUE(robinson);
  EXPECT_NEAR(std::abs(robinson->longitude), 180, 1e-3);
  EXPECT_TRUE(cut("EPSG:32701", {166000, 2000, 0, 7000000, 0, -2000}, 200, 180, "EPSG:3857"));
}

TEST(MapCut, LiesOppositeOfTheMapsMiddle) {
  const auto found = cut_of_box(-70, 20, -40, 45, "+proj=robin +lon_0=125");
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->longitude, -55, 1e-6);
  const auto paris = cut_of_box(-170, 20, -150, 45, "+proj=merc +lon_0=20 +pm=paris");
  ASSERT_TRUE(paris);
  EXPECT_NEAR(paris->longitude, 20 + 2.33722917 - 180, 1e-6);
}

TEST(MapCut, IsNoneBesideTheSource) {
  EXPECT_FALSE(cut_of_box(140, -31, 180, 12, "EPSG:3857"));
  EXPECT_FALSE(cut_of_box(-180, -31, -130, 12, "EPSG:3857"));
  EXPECT_FALSE(cut_of_box(150, -31, 210, 12, "EPSG:3832"));
  EXPECT_FALSE(cut_of_box(150, -31, 210, 12, "EPSG:3571"));
  EXPECT_FALSE(cut("EPSG:32660", {600000, 2000, 0, 6000000, 0, -2000}, 90, 80, "EPSG:32601"));
}

TEST(MapCut, IsTheMapsEndForWhatGoesRoundTheGlobe) {
  EXPECT_FALSE(cut_of_box(-180, -80, 180, 80, "EPSG:3857"));
  EXPECT_FALSE(cut_of_box(0, -80, 360, 80, "ESRI:54030"));
  EXPECT_FALSE(cut_of_box(80, -80, 290, 80, "EPSG:8857"));
  EXPECT_FALSE(cut("EPSG:3413", {-2e6, 40000, 0, 2e6, 0, -40000}, 100, 100, "EPSG:3395"));
  EXPECT_TRUE(cut_of_box(100, -80, 275, 80, "EPSG:8857"));
}

TEST(MapCut, IsNeitherAGapWithinAMapNorItsEdge) {
  EXPECT_FALSE(cut_of_box(-120, 10, 20, 70, "+proj=igh"));
  EXPECT_FALSE(cut_of_box(0, 31, 80, 89, "+proj=gnom +lat_0=90"));
  EXPECT_FALSE(cut_of_box(-60, -20, 60, 90, "EPSG:3395"));
  EXPECT_FALSE(cut_of_box(0, -90, 120, 90, "EPSG:3413"));
}

/// A degree of points whose last ones lie on whole degrees, moved east by some pixels.
AffineSource tile_of_points(double west, double moved, const std::string& output) {
  const double step = 1.0 / 1200;
  return {1201,
          1201,
          {west + (moved - 0.5) * step, step, 0, 1, 0, -step},
          std::make_shared<CrsPair>(crs_from_text("EPSG:4326", "test"), output, std::nullopt)};
}

TEST(MapCut, LeavesOutLessThanAPixel) {
  for (const char* name : {"EPSG:3857", "EPSG:6933", "ESRI:54009"}) {
    const std::string output = crs_from_text(name, "test");
    const AffineSource east = tile_of_points(179, 0, output),
                       west = tile_of_points(-180, 0, output);
    const auto cut_east = find_cut(east, output), cut_west = find_cut(west, output);
    ASSERT_TRUE(cut_east && cut_west) << name;
    const auto in_east = without_sliver(east, *cut_east, output);
    const auto in_west = without_sliver(west, *cut_west, output);
    ASSERT_TRUE(in_east && in_west) << name;
    EXPECT_NEAR(in_east->geotransform[0] + 1201 * in_east->geotransform[1], 180, 1e-7) << name;
    EXPECT_EQ(in_east->geotransform[0], east.geotransform[0]) << name;
    EXPECT_NEAR(in_west->geotransform[0], -180, 1e-7) << name;
    EXPECT_NEAR(in_west->geotransform[0] + 1201 * in_west->geotransform[1], -179 + 0.5 / 1200, 1e-9)
        << name;
    const AffineSource more = tile_of_points(179, 0.6, output);
    const auto cut_more = find_cut(more, output);
    ASSERT_TRUE(cut_more) << name;
    EXPECT_FALSE(without_sliver(more, *cut_more, output)) << name;
  }
}

TEST(RecentreMap, PutsTheMiddleWhereTheMapIsCut) {
  for (const char* name : {"EPSG:3857", "EPSG:3395", "EPSG:3832", "EPSG:6933", "+proj=eqc"}) {
    const OGRSpatialReference srs = srs_from_text(name, "test");
    const auto opposite = opposite_map(srs);
    ASSERT_TRUE(opposite) << name;
    const MapTurn map = map_turn(srs), other = map_turn(*opposite);
    EXPECT_NEAR(map.period, other.period, 1e-3) << name;
    const CrsPair pair(wkt_of(srs), wkt_of(*opposite), std::nullopt);
    std::array<kernels::PixelPoint, 1> place = {{{map.middle + map.period / 2 - 1000, 4e6}}};
    pair.to_target(place);
    EXPECT_NEAR(place[0].x, other.middle - 1000, 1e-3) << name;
    EXPECT_NEAR(place[0].y, 4e6, 0.01) << name;  // a series in PROJ
  }
  EXPECT_FALSE(opposite_map(srs_from_text("EPSG:4326", "test")));
}

TEST(MapCut, SaysWhatToGive) {
  try {
    refuse_cut("in.tif", {-30, {}}, crs_from_text("EPSG:3857", "test"), "--bbox");
  } catch (const report::RuntimeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("in.tif lies on both sides of 30 degrees west, where \"WGS "
                                        "84 / Pseudo-Mercator\" is cut"));
    EXPECT_THAT(error.what(), HasSubstr("say with --bbox what"));
    return;
  }
  FAIL();
}

TEST(InfiniteExtent, CountsRadiiOfTheGlobe) {
  const std::string metres = crs_from_text("EPSG:3857", "test");
  EXPECT_FALSE(is_infinite({-9e8, 0, 9e8, 1}, metres));
  EXPECT_TRUE(is_infinite({-1, -1e9, 1, 1}, metres));
  EXPECT_TRUE(is_infinite({-1, -1, INFINITY, 1}, metres));
  EXPECT_FALSE(is_infinite({-1, -1, 3e9, 1}, crs_from_text("EPSG:2263", "test")));  // feet
  EXPECT_FALSE(is_infinite({-1e12, -1, 1, 1}, crs_from_text("EPSG:4326", "test")));
  EXPECT_FALSE(is_infinite({-1e12, -1, 1, 1}, std::string()));
}

}  // namespace
}  // namespace cogmill::crs
