// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/crs_pair.hpp"
#include "src/crs/map_turn.hpp"
#include "src/crs/per_thread.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/report/error.hpp"
#include "tests/unit/crs_purity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <thread>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

const Scene kUtm = {"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 1500, 1200};
const Scene kGlobe = {"EPSG:4326", {-180, 0.5, 0, 90, 0, -0.5}, 720, 360};
const TargetGrid& mercator() {
  static const TargetGrid target =
      make_target("EPSG:3857", {166000, 14.7, 0, 6060000, 0, -14.7}, 900, 800);
  return target;
}

class Transformer : public testing::Test {
 protected:
  std::string scene(const Scene& what) { return make_scene(folder_.file("scene.vrt"), what); }
  tests::TempDir folder_;
};

TEST_F(Transformer, FollowsGdalThroughProj) {
  const std::string path = scene(kUtm);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 1500, 1200, mercator());
  expect_pure_and_exact(*transformer, path, mercator());
  EXPECT_EQ(transformer->period(), 0);
}

TEST_F(Transformer, FollowsGdalFromMercator) {
  const std::string path = scene({"EPSG:4326", {1, 1e-3, 0, 48, 0, -1e-3}, 1500, 1200});
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 1500, 1200, mercator());
  expect_pure_and_exact(*transformer, path, mercator());
}

TEST_F(Transformer, DatumShiftsAreProjs) {  // EPSG:27700 without its shift is about 100 m off
  const std::string path = scene({"EPSG:27700", {400000, 10, 0, 300000, 0, -10}, 900, 900});
  const TargetGrid target = make_target("EPSG:4326", {-2, 1e-4, 0, 52.6, 0, -1e-4}, 900, 900);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 900, 900, target);
  expect_pure_and_exact(*transformer, path, target);
  std::vector<PixelPoint> origin = {{0, 0}};
  transformer->transform(origin);
  // 2 W, 52.6 N (WGS 84) lies near E 400100, N 300190 in the British National Grid.
  EXPECT_NEAR(origin[0].x, 10, 3);
}

TEST_F(Transformer, PolarTargetsHaveNoBatchEffects) {
  const std::string path = scene(kGlobe);
  const TargetGrid target =
      make_target("EPSG:3413", {-3850000, 12500, 0, 5850000, 0, -12500}, 608, 896);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 720, 360, target);
  expect_pure_and_exact(*transformer, path, target);
  EXPECT_EQ(transformer->period(), 720);
}

TEST_F(Transformer, FailuresAreNotContagious) {
  const std::string path = scene(kGlobe);
  const TargetGrid target =
      make_target("ESRI:54009", {-18040096, 36000, 0, 9020048, 0, -36000}, 1003, 502);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 720, 360, target);
  expect_pure_and_exact(*transformer, path, target);
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  std::vector<PixelPoint> points = {{0, 0}, {501.5, 251}, {kNaN, 1}, {1e300, 1e300}, {500, 250}};
  testing::internal::CaptureStderr();
  transformer->transform(points);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_TRUE(is_nowhere(points[0]) && is_nowhere(points[2]) && is_nowhere(points[3]));
  EXPECT_FALSE(is_nowhere(points[1]) || is_nowhere(points[4]));
}

TEST_F(Transformer, ScalesToAnOverview) {
  const std::string path = scene(kUtm);
  std::vector<PixelPoint> full = some_points(mercator(), 50), half = full;
  make_pixel_transformer({path, "", "", {}}, 1500, 1200, mercator())->transform(full);
  make_pixel_transformer({path, "", "", {}}, 750, 401, mercator())->transform(half);
  for (std::size_t i = 0; i < full.size(); ++i) {
    EXPECT_DOUBLE_EQ(half[i].x, full[i].x * 0.5);
    EXPECT_DOUBLE_EQ(half[i].y, full[i].y * (401.0 / 1200));
  }
}

TEST_F(Transformer, KnowsWhereColumnsRepeat) {
  const TargetGrid target = make_target("EPSG:3857", {0, 1e4, 0, 0, 0, -1e4}, 10, 10);
  const auto period = [&](const Scene& what, std::int64_t width) {
    return make_pixel_transformer({scene(what), "", "", {}}, width, what.height, target)->period();
  };
  EXPECT_EQ(period(kGlobe, 720), 720);
  EXPECT_EQ(period(kGlobe, 180), 180);
  EXPECT_EQ(period({"EPSG:4326", {0, 0.00833333, 0, 90, 0, -0.00833333}, 43200, 21600}, 43200),
            43200);
  EXPECT_EQ(period({"EPSG:4326", {180, -0.5, 0, 90, 0, -0.5}, 720, 360}, 720), 720);
  EXPECT_EQ(period({"EPSG:4326", {-180, 0.5, 0, 90, 0, -0.5}, 719, 360}, 719), 0);
  EXPECT_EQ(period({"EPSG:4326", {-180, 0.5, 0, 90, 0, -0.5}, 721, 360}, 721), 0);
  EXPECT_EQ(period({"EPSG:4326", {-180, 0.5, 0.1, 90, 0, -0.5}, 720, 360}, 720), 0);
  EXPECT_EQ(period({"EPSG:4807", {-200, 1, 0, 100, 0, -1}, 400, 200}, 400), 400);  // grads
  EXPECT_EQ(period(kUtm, 1500), 0);
  const double step = 2 * std::numbers::pi * 6378137 / 400;  // a world of another Mercator map
  EXPECT_EQ(period({"EPSG:3395", {0, step, 0, 1e7, 0, -step}, 400, 200}, 400), 400);
}

TEST_F(Transformer, SourcesFrom0To360AreFoundWestOfGreenwich) {
  const std::string path = scene({"EPSG:4326", {0, 1, 0, 90, 0, -1}, 360, 180});
  const TargetGrid target = make_target("EPSG:4326", {-180, 1, 0, 90, 0, -1}, 360, 180);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 360, 180, target);
  std::vector<PixelPoint> points = {{10.5, 20.5}, {190.5, 20.5}};
  transformer->transform(points);
  EXPECT_DOUBLE_EQ(points[0].x, 190.5);
  EXPECT_DOUBLE_EQ(points[1].x, 10.5);
}

TEST_F(Transformer, GroundControlPoints) {
  const std::string path = make_gcp_scene(folder_.file("gcp.vrt"), 4);
  const TargetGrid target = make_target("EPSG:3857", {330000, 15, 0, 5100000, 0, -15}, 500, 400);
  for (const std::string method : {"GCP_POLYNOMIAL", "GCP_TPS"}) {
    const std::vector<std::string> options = {"METHOD=" + method};
    const auto transformer = make_pixel_transformer({path, "", "", options}, 500, 400, target);
    expect_pure_and_exact(*transformer, path, target, options);
  }
}

TEST_F(Transformer, OneOperationForAllOfAnImage) {
  // Belgium's shift ends at 6.4 degrees east, within the image: PROJ would take another one there.
  const Scene scene_of = {"EPSG:31370", {260000, 100, 0, 130000, 0, -100}, 600, 400};
  const TargetGrid target = make_target("EPSG:4326", {5.9, 1e-3, 0, 50.4, 0, -1e-3}, 900, 300);
  const auto transformer = make_pixel_transformer({scene(scene_of), "", "", {}}, 600, 400, target);
  std::vector<PixelPoint> row;
  for (int i = 0; i < 900; ++i) row.push_back({i + 0.5, 150});
  transformer->transform(row);
  EXPECT_FALSE(is_nowhere(row[0]));
  for (std::size_t i = 2; i < row.size() && !is_nowhere(row[i]); ++i) {  // a grid may end there
    ASSERT_LT(std::abs(row[i].x - 2 * row[i - 1].x + row[i - 2].x), 1e-3) << i;
    ASSERT_LT(std::abs(row[i].y - 2 * row[i - 1].y + row[i - 2].y), 1e-3) << i;
  }
}

TEST_F(Transformer, NothingBeyondTheMap) {
  const std::string path = scene(kGlobe);
  const TargetGrid target =
      make_target("+proj=sinu +datum=WGS84", {-2e7, 1e5, 0, 1e7, 0, -1e5}, 400, 200);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 720, 360, target);
  // At 60 degrees north the map is half as wide as at the equator.
  std::vector<PixelPoint> points = {{200, 100}, {390, 100}, {200, 33}, {299, 33},
                                    {302, 33},  {380, 33},  {98, 33},  {200, 1}};
  std::vector<PixelPoint> unchecked = points;
  transformer->transform(points);
  transformer->transform_on_map(unchecked);
  for (const std::size_t i : {0U, 1U, 2U, 3U}) {
    EXPECT_FALSE(is_nowhere(points[i])) << i;
    EXPECT_EQ(points[i].x, unchecked[i].x);
    EXPECT_EQ(points[i].y, unchecked[i].y);
  }
  for (const std::size_t i : {4U, 5U, 6U}) EXPECT_TRUE(is_nowhere(points[i])) << i;
}

TEST_F(Transformer, ControlPointsHaveNothingFarFromTheirZone) {
  const std::string path = make_gcp_scene(folder_.file("gcp.vrt"), 4);
  const TargetGrid target = make_target("EPSG:4326", {-180, 0.5, 0, 90, 0, -0.5}, 720, 360);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 500, 400, target);
  std::vector<PixelPoint> points = {{366, 84}, {190, 170}, {548, 165}, {540, 170}};
  transformer->transform(points);
  EXPECT_FALSE(is_nowhere(points[0]));
  for (const std::size_t i : {1U, 2U, 3U}) EXPECT_TRUE(is_nowhere(points[i])) << i;
}

TEST(CrsPairs, KnowWhetherAGridHasPlacesBeyondTheMap) {
  const auto shows_all = [](const char* target, const std::array<double, 6>& geotransform,
                            int width, int height) {
    const TargetGrid grid = make_target(target, geotransform, width, height);
    return CrsPair(crs_from_text("EPSG:4326", "source"), grid.crs_wkt, std::nullopt)
        .shows_all(grid);
  };
  EXPECT_TRUE(shows_all("EPSG:32633", {400000, 100, 0, 5500000, 0, -100}, 900, 700));
  EXPECT_TRUE(shows_all("+proj=sinu", {-1e6, 1000, 0, 4e6, 0, -1000}, 2000, 2000));
  EXPECT_FALSE(shows_all("+proj=sinu", {-1e6, 1000, 0, 4e6, 0, -1000}, 19000, 2000));
  // At 45 degrees north the equator's 20037 km are 14169 km: the grid ends just there.
  EXPECT_FALSE(shows_all("+proj=sinu", {13.1e6, 1000, 0, 5e6, 0, -1000}, 1000, 100));
  EXPECT_FALSE(shows_all("EPSG:32633", {-2e7, 4e4, 0, 9e6, 0, -4e4}, 1000, 400));
  EXPECT_TRUE(shows_all("EPSG:4326", {100, 0.1, 0, 50, 0, -0.1}, 1600, 500));
}

TEST(PerThread, KeepsObjectsForTheThreadThatMadeThem) {
  PerThread<int> idle;
  idle.give_back(std::make_unique<int>(1));
  std::unique_ptr<int> of_other = std::make_unique<int>(2);
  std::thread([&] {
    of_other = idle.take();
    idle.give_back(std::make_unique<int>(3));
  }).join();
  EXPECT_EQ(of_other, nullptr);
  const auto mine = idle.take();
  ASSERT_NE(mine, nullptr);
  EXPECT_EQ(*mine, 1);
  EXPECT_EQ(idle.take(), nullptr);
}

TEST(MapTurns, AreThoseOfDegreesAndCylinders) {
  const auto period = [](const char* text) { return map_turn(srs_of(text)).period; };
  EXPECT_DOUBLE_EQ(period("EPSG:4326"), 360);
  EXPECT_NEAR(period("EPSG:4807"), 400, 1e-9);
  const double length = 2 * std::numbers::pi * 6378137;
  EXPECT_NEAR(period("EPSG:3857"), length, 1);
  EXPECT_NEAR(period("EPSG:3395"), length, 1);
  EXPECT_NEAR(period("EPSG:3832"), length, 1);  // centred on the Pacific
  EXPECT_NEAR(period("EPSG:6933"), length * std::cos(std::numbers::pi / 6), 1e5);
  EXPECT_NEAR(period("+proj=eqc +lat_ts=60 +R=1000000"), std::numbers::pi * 1e6, 1);
  EXPECT_NEAR(map_turn(srs_of("+proj=eqc +R=1000000")).poles[0], std::numbers::pi / 2 * 1e6, 1);
  for (const char* other : {"EPSG:32631", "EPSG:3035", "EPSG:8857", "+proj=sinu", "+proj=robin",
                            "EPSG:3413", "+proj=omerc +lat_0=40 +lonc=10 +alpha=30", "+proj=igh"})
    EXPECT_EQ(period(other), 0) << other;
}

TEST(MapTurns, SayWhereProjCutsTheMap) {
  const auto middle = [](const char* text) { return map_turn(srs_of(text)).middle; };
  EXPECT_NEAR(middle("EPSG:3857"), 0, 1e-3);
  EXPECT_NEAR(middle("EPSG:3832"), 0, 1e-3);
  EXPECT_NEAR(middle("+proj=merc +lon_0=-97 +x_0=250000"), 250000, 1e-3);
  EXPECT_NEAR(middle("+proj=eqc +lon_0=7.3 +R=1000000"), 0, 1e-3);  // cut on a meridian tried
}

/// Source columns of places on one parallel, told in degrees.
std::vector<double> columns_of(const std::string& scene, int width,
                               std::vector<double> longitudes) {
  std::vector<PixelPoint> points;
  for (const double x : longitudes) points.push_back({x, 0});
  const TargetGrid target = make_target("+proj=longlat +R=1000000", {0, 1, 0, 0, 0, -1}, 360, 90);
  make_pixel_transformer({scene, "", "", {}}, width, 100, target)->transform(points);
  std::vector<double> columns;
  for (const PixelPoint& p : points) columns.push_back(p.x);
  return columns;
}

TEST_F(Transformer, CylindersRunOnBeyondTheirCut) {
  const double degree = 1e6 * std::numbers::pi / 180;
  const auto from = [&](double west, int width) {
    return scene({"+proj=eqc +R=1000000", {west * degree, degree, 0, 0, 0, -degree}, width, 100});
  };
  using testing::Pointwise;
  constexpr double kNear = 1e-9;
  EXPECT_THAT(columns_of(from(172, 20), 20, {173.25, 183.25, -176.75, 543.25}),
              Pointwise(testing::DoubleNear(kNear), {1.25, 11.25, 11.25, 11.25}));
  EXPECT_THAT(columns_of(from(-200, 30), 30, {173.25, -176.75}),
              Pointwise(testing::DoubleNear(kNear), {13.25, 23.25}));
  // Within the map PROJ's positions stay.
  EXPECT_THAT(columns_of(from(-170, 20), 20, {-169, 179}),
              Pointwise(testing::DoubleNear(kNear), {1, 349}));
}

class Message : public Transformer {
 protected:
  std::string error_of(const SourceOptions& source, const TargetGrid& target) {
    try {
      const auto transformer = make_pixel_transformer(source, 10, 10, target);
    } catch (const report::RuntimeError& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
      EXPECT_NE(std::string(error.what()).find(source.path), std::string::npos) << error.what();
      std::printf("%s\n", error.what());
      return error.what();
    }
    ADD_FAILURE() << "no error for " << source.path;
    return {};
  }
};

TEST_F(Message, MissingCrs) {
  const std::string path = scene({"", {0, 1, 0, 0, 0, -1}, 10, 10});
  EXPECT_THAT(error_of({path, "", "", {}}, mercator()), testing::HasSubstr("--src-crs"));
  EXPECT_NO_THROW(make_pixel_transformer({path, "EPSG:32631", "", {}}, 10, 10, mercator()));
  EXPECT_NO_THROW(make_pixel_transformer({path, "", "", {}}, 10, 10,
                                         make_target("", {0, 1, 0, 0, 0, -1}, 10, 10)));
}

TEST_F(Message, NoWayBetweenTheCrs) {
  const std::string moon = scene({"IAU_2015:30100", {0, 1, 0, 0, 0, -1}, 10, 10});
  EXPECT_THAT(error_of({moon, "", "", {}}, mercator()),
              testing::AllOf(testing::HasSubstr("celestial body"), testing::HasSubstr("Moon")));
  const std::string local =
      scene({"LOCAL_CS[\"site\",UNIT[\"metre\",1]]", {0, 1, 0, 0, 0, -1}, 10, 10});
  EXPECT_THAT(error_of({local, "", "", {}}, mercator()), testing::HasSubstr("--src-crs"));
  const std::string utm = scene(kUtm);
  EXPECT_THAT(error_of({utm, "", "+proj=nonsense", {}}, mercator()),
              testing::HasSubstr("--coordinate-operation"));
}

TEST_F(Message, CorruptControlPoints) {
  const TargetGrid target = make_target("EPSG:3857", {330000, 15, 0, 5100000, 0, -15}, 500, 400);
  const std::string line = make_gcp_scene(folder_.file("line.vrt"), 3, true);
  EXPECT_THAT(error_of({line, "", "", {}}, target), testing::HasSubstr("control points"));
  const std::string good = make_gcp_scene(folder_.file("good.vrt"), 3);
  EXPECT_THAT(error_of({good, "", "", {"METHOD=RPC"}}, target), testing::HasSubstr("RPC"));
}

TEST_F(Message, NotGeoreferenced) {
  const std::string path = folder_.file("plain.vrt");
  create_vrt(path, 10, 10);
  EXPECT_THAT(error_of({path, "", "", {}}, mercator()), testing::HasSubstr("not georeferenced"));
}

TEST_F(Message, SingularOutput) {
  const std::string path = scene(kUtm);
  EXPECT_THROW(make_pixel_transformer({path, "", "", {}}, 10, 10,
                                      make_target("EPSG:3857", {0, 0, 0, 0, 0, -1}, 10, 10)),
               report::RuntimeError);
  EXPECT_THROW(make_pixel_transformer({path, "", "", {"METHOD"}}, 10, 10, mercator()),
               report::UsageError);
  EXPECT_THROW(crs_from_text("EPSG:999999", "--dst-crs"), report::UsageError);
  EXPECT_THROW(crs_from_text("", "--dst-crs"), report::UsageError);
}

}  // namespace
}  // namespace cogmill::crs
