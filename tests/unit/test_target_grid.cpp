// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/affine_source.hpp"
#include "src/crs/target_grid.hpp"
#include "src/report/error.hpp"
#include "tests/unit/crs_files.hpp"

#include <gdal_alg.h>
#include <gdal_utils.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <optional>
#include <random>
#include <sstream>

namespace cogmill::crs {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Grid {
  Geotransform geotransform;
  std::int64_t width, height;
};

/// What gdalwarp makes of a line of arguments, pixels left out; nothing if it fails.
std::optional<Grid> gdalwarp(const std::string& path, const std::string& line) {
  CPLStringList args(CSLTokenizeString(("-q -of VRT " + line).c_str()));
  CPLPushErrorHandler(CPLQuietErrorHandler);
  const GDALDatasetUniquePtr source(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
  GDALWarpAppOptions* options = GDALWarpAppOptionsNew(args.List(), nullptr);
  GDALDatasetH input = GDALDataset::ToHandle(source.get());
  const GDALDatasetUniquePtr output(
      GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &input, options, nullptr)));
  GDALWarpAppOptionsFree(options);
  CPLPopErrorHandler();
  if (!output) return std::nullopt;
  Grid grid = {{}, output->GetRasterXSize(), output->GetRasterYSize()};
  EXPECT_EQ(output->GetGeoTransform(grid.geotransform.data()), CE_None);
  return grid;
}

void expect_same(const TargetGrid& ours, const Grid& theirs, const std::string& label) {
  EXPECT_EQ(ours.width, theirs.width) << label;
  EXPECT_EQ(ours.height, theirs.height) << label;
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(ours.geotransform[i], theirs.geotransform[i],
                1e-12 * std::abs(theirs.geotransform[i]))
        << label << ": coefficient " << i;
}

/// One wish in two languages: ours, and the options of gdalwarp.
struct Wish {
  GridOptions ours;
  std::string theirs;
};

std::string words(std::initializer_list<double> numbers) {
  std::ostringstream out;
  out.precision(17);
  for (const double number : numbers) out << ' ' << number;
  return out.str();
}

class Grids : public testing::Test {
 protected:
  /// @return whether there was a grid at all, which is then compared
  bool compare(const std::string& path, const Wish& wish, const std::string& label) {
    const std::optional<Grid> theirs = gdalwarp(path, wish.theirs);
    std::optional<TargetGrid> ours;
    try {
      ours = choose_target_grid({path, "", "", {}}, wish.ours);
    } catch (const report::RuntimeError& error) {
      const bool cut = std::string(error.what()).find("both sides of 180") != std::string::npos;
      EXPECT_TRUE(cut || !theirs) << label << ": " << error.what();
      EXPECT_THAT(error.what(), HasSubstr(path));
    }
    if (!ours || !theirs) return false;
    expect_same(*ours, *theirs, label);
    return true;
  }

  std::string scene(const Scene& what) { return make_scene(folder_.file("scene.vrt"), what); }

  std::string error_of(const SourceOptions& source, const GridOptions& options) {
    try {
      const TargetGrid grid = choose_target_grid(source, options);
      ADD_FAILURE() << "no error but " << grid.width << " x " << grid.height;
      return {};
    } catch (const std::exception& error) {
      std::printf("%s\n", error.what());
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
      return error.what();
    }
  }

  tests::TempDir folder_;
};

/// Where a CRS is at home: a box that sources are placed in.
struct Home {
  std::string crs;
  double west, south, east, north, pixel;
};
const std::vector<Home>& homes() {
  static const std::vector<Home> all = {
      {"EPSG:32631", 300000, 4500000, 700000, 6500000, 10},
      {"EPSG:4326", -170, -80, 170, 80, 0.01},
      {"EPSG:3857", -1.9e7, -1.9e7, 1.9e7, 1.9e7, 500},
      {"EPSG:3035", 2600000, 1500000, 6500000, 5300000, 100},
      {"EPSG:3413", -3800000, -3800000, 3700000, 5800000, 1000},
      {"EPSG:3031", -3000000, -3000000, 3000000, 3000000, 1000},
      {"ESRI:54009", -9000000, -5000000, 9000000, 5000000, 1000},
      {"EPSG:27700", 100000, 100000, 600000, 900000, 25},
      {"EPSG:2154", 200000, 6100000, 1200000, 7000000, 25},
  };
  return all;
}

class RandomScenes {
 public:
  double between(double a, double b) {
    return std::uniform_real_distribution<double>(a, b)(engine_);
  }
  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
  }

  /// Anywhere in the home; some rotated, some south-up.
  Scene scene(const Home& home) {
    const int width = static_cast<int>(between(1, 3000)),
              height = static_cast<int>(between(1, 3000));
    const double dx = home.pixel * between(0.3, 1.5), dy = home.pixel * between(0.3, 1.5);
    Geotransform g = {between(home.west, home.east),   dx, 0,
                      between(home.south, home.north), 0,  -dy};
    const std::size_t kind = below(6);
    if (kind == 0) g = {g[0], dx, dy * 0.2, g[3], -dx * 0.15, -dy};
    if (kind == 1) g[5] = dy;
    return {home.crs, g, width, height};
  }

 private:
  std::mt19937 engine_{20260725};
};

TEST_F(Grids, EqualGdalwarpsForPairsOfCrs) {
  RandomScenes random;
  int compared = 0;
  for (std::size_t i = 0; i < homes().size(); ++i)
    for (std::size_t j = i % 3; j < homes().size(); j += 3) {  // every third pair, to save time
      const Home &from = homes()[i], &to = homes()[j];
      const Scene what = random.scene(from);
      const Wish wish = {{.dst_crs = to.crs}, "-t_srs " + to.crs};
      compared += compare(scene(what), wish, from.crs + " to " + to.crs) ? 1 : 0;
    }
  EXPECT_GT(compared, 20);
}

/// Wishes around a natural grid; `r` its pixel size.
std::vector<Wish> wishes_for(const Grid& natural, RandomScenes& random) {
  const auto& g = natural.geotransform;
  const double w = g[1] * static_cast<double>(natural.width);
  const double h = -g[5] * static_cast<double>(natural.height);
  const double x0 = g[0] + w * random.between(-0.3, 0.4), x1 = g[0] + w * random.between(0.5, 1.3);
  const double y1 = g[3] - h * random.between(-0.3, 0.4), y0 = g[3] - h * random.between(0.5, 1.3);
  const double rx = g[1] * random.between(0.6, 3), ry = -g[5] * random.between(0.6, 3);
  const std::array<double, 4> box = {x0, y0, x1, y1};
  const std::array<double, 2> res = {rx, ry};
  const std::string te = " -te" + words({x0, y0, x1, y1}), tr = " -tr" + words({rx, ry});
  return {{{.resolution = res}, tr},
          {{.resolution = res, .target_aligned_pixels = true}, tr + " -tap"},
          {{.size = {{123, 77}}}, " -ts 123 77"},
          {{.size = {{211, 0}}}, " -ts 211 0"},
          {{.size = {{0, 97}}}, " -ts 0 97"},
          {{.bbox = box}, te},
          {{.resolution = res, .bbox = box}, te + tr},
          {{.resolution = res, .bbox = box, .target_aligned_pixels = true}, te + tr + " -tap"},
          {{.size = {{100, 0}}, .bbox = box}, te + " -ts 100 0"},
          {{.size = {{33, 44}}, .bbox = box}, te + " -ts 33 44"}};
}

TEST_F(Grids, EqualGdalwarpsForAllOptions) {
  RandomScenes random;
  int compared = 0;
  for (const auto& [i, j] : {std::pair{0, 2}, {1, 4}, {4, 1}, {8, 3}}) {
    const Home &from = homes()[static_cast<std::size_t>(i)],
               &to = homes()[static_cast<std::size_t>(j)];
    const std::string path = scene(random.scene(from));
    const std::optional<Grid> natural = gdalwarp(path, "-t_srs " + to.crs);
    if (!natural || natural->width < 3 || natural->height < 3) continue;
    for (Wish& wish : wishes_for(*natural, random)) {
      wish.ours.dst_crs = to.crs;
      const std::string label = from.crs + " to " + to.crs + wish.theirs;
      compared += compare(path, {wish.ours, "-t_srs " + to.crs + wish.theirs}, label) ? 1 : 0;
    }
  }
  EXPECT_EQ(compared, 40);
}

TEST_F(Grids, BoxInAnotherCrs) {
  const std::string path = scene({"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 1000, 1000});
  const GridOptions options = {.dst_crs = "EPSG:3857",
                               .resolution = {{20, 20}},
                               .bbox = {{1.7, 47.75, 1.75, 47.8}},
                               .bbox_crs = "EPSG:4326"};
  EXPECT_TRUE(compare(
      path, {options, "-t_srs EPSG:3857 -tr 20 20 -te 1.7 47.75 1.75 47.8 -te_srs EPSG:4326"},
      "te_srs"));
}

TEST_F(Grids, WithoutCrsOptionsKeepTheSources) {
  const Scene what = {"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 1009, 1013};
  const std::string path = scene(what);
  EXPECT_TRUE(compare(path, {{}, ""}, "same"));
  const TargetGrid grid = choose_target_grid({path, "", "", {}}, {});
  EXPECT_EQ(grid.width, 1009);
  EXPECT_EQ(grid.height, 1013);
  EXPECT_EQ(grid.geotransform, what.geotransform);
  EXPECT_THAT(grid.crs_wkt, HasSubstr("ID[\"EPSG\",32631]"));
  EXPECT_TRUE(compare(scene({"", {0, 1, 0, 9, 0, -1}, 10, 9}), {{}, ""}, "no CRS at all"));
}

TEST_F(Grids, ControlPointsAndSplines) {
  const std::string path = make_gcp_scene(folder_.file("gcp.vrt"), 5);
  EXPECT_TRUE(compare(path, {{.dst_crs = "EPSG:3857"}, "-t_srs EPSG:3857"}, "polynomial"));
  const TargetGrid ours =
      choose_target_grid({path, "", "", {"METHOD=GCP_TPS"}}, {.dst_crs = "EPSG:3857"});
  const auto theirs = gdalwarp(path, "-t_srs EPSG:3857 -tps");
  ASSERT_TRUE(theirs);
  expect_same(ours, *theirs, "splines");
}

TEST_F(Grids, AllKindsOfCrsText) {
  const std::string path = scene({"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 500, 500});
  const TargetGrid wanted = choose_target_grid({path, "", "", {}}, {.dst_crs = "EPSG:3035"});
  const OGRSpatialReference srs = srs_of("EPSG:3035");
  char* wkt = nullptr;
  char* json = nullptr;
  ASSERT_EQ(srs.exportToWkt(&wkt), OGRERR_NONE);
  ASSERT_EQ(srs.exportToPROJJSON(&json, nullptr), OGRERR_NONE);
  const std::string laea =
      "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m";
  for (const std::string& text :
       {std::string(wkt), std::string(json), laea, std::string("urn:ogc:def:crs:EPSG::3035"),
        std::string("EPSG:3035+5621")}) {
    const TargetGrid grid = choose_target_grid({path, "", "", {}}, {.dst_crs = text});
    EXPECT_EQ(grid.width, wanted.width) << text;
    EXPECT_EQ(grid.height, wanted.height) << text;
    EXPECT_NEAR(grid.geotransform[0], wanted.geotransform[0], 1) << text;
  }
  CPLFree(wkt);
  CPLFree(json);
  const TargetGrid flat = choose_target_grid({path, "", "", {}}, {.dst_crs = "EPSG:4326"});
  const TargetGrid deep = choose_target_grid({path, "", "", {}}, {.dst_crs = "EPSG:4979"});
  EXPECT_EQ(deep.width, flat.width);
  EXPECT_NEAR(flat.geotransform[0], 1.66, 0.05) << "x is longitude";
}

TEST_F(Grids, LikeAFile) {
  const std::string path = scene({"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 500, 500});
  const Scene model = {"EPSG:3857", {185000, 21, 1.5, 6080000, 2, -20}, 777, 333};
  const std::string like = make_scene(folder_.file("like.vrt"), model);
  const TargetGrid grid = choose_target_grid({path, "", "", {}}, {.like = like});
  EXPECT_EQ(grid.width, 777);
  EXPECT_EQ(grid.height, 333);
  EXPECT_EQ(grid.geotransform, model.geotransform);
  EXPECT_THAT(grid.crs_wkt, HasSubstr("ID[\"EPSG\",3857]"));
  const std::string bare = make_scene(folder_.file("bare.vrt"), {"", {0, 1, 0, 0, 0, -1}, 5, 5});
  EXPECT_THAT(error_of({path, "", "", {}}, {.like = bare}), HasSubstr("--like"));
  EXPECT_THAT(error_of({path, "", "", {}}, {.like = folder_.file("none.tif")}),
              HasSubstr("--like"));
}

TEST_F(Grids, AbsurdSizesAreNamed) {
  const std::string path = scene({"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 10980, 10980});
  const SourceOptions source = {path, "", "", {}};
  GridOptions options = {.dst_crs = "EPSG:3857", .resolution = {{0.001, 0.001}}};
  EXPECT_THAT(error_of(source, options),
              AllOf(HasSubstr(" x "), HasSubstr("--allow-large-output")));
  options.allow_large = true;
  EXPECT_GT(choose_target_grid(source, options).width, 100'000'000);
  options.resolution = {{1e-6, 1e-6}};
  EXPECT_THAT(error_of(source, options), AllOf(HasSubstr("2147483647"), HasSubstr("--resolution")));
  options.resolution = {{1e-300, 1e-300}};
  EXPECT_THAT(error_of(source, options), HasSubstr("2147483647"));
  options = {.size = {{std::int64_t{1} << 40, 10}}};
  EXPECT_THAT(error_of(source, options),
              AllOf(HasSubstr("1099511627776"), HasSubstr("2147483647")));
  options = {.size = {{2'000'000'000, 0}}};
  EXPECT_THAT(error_of(source, options), HasSubstr("--allow-large-output"));
  options = {.resolution = {{1e9, 1e9}}};
  EXPECT_THAT(error_of(source, options), HasSubstr("half a pixel"));
}

TEST_F(Grids, ContradictionsAreUsageErrors) {
  const std::string path = scene({"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 100, 100});
  const std::vector<GridOptions> wrong = {
      {.dst_crs = "garbage"},
      {.dst_crs = "EPSG:3857", .like = path},
      {.resolution = {{0, 1}}},
      {.resolution = {{std::nan(""), 1}}},
      {.resolution = {{10, 10}}, .size = {{5, 5}}},
      {.resolution = {{10, 10}}, .size = {{5, 5}}, .bbox = {{399960, 5299000, 400960, 5300040}}},
      {.size = {{0, 0}}},
      {.size = {{-1, 5}}},
      {.bbox = {{5, 5, 4, 6}}},
      {.bbox = {{0, 0, HUGE_VAL, 6}}},
      {.bbox_crs = "EPSG:4326"},
      {.bbox = {{1, 2, 3, 4}}, .bbox_crs = "garbage"},
      {.target_aligned_pixels = true}};
  for (std::size_t i = 0; i < wrong.size(); ++i)
    EXPECT_THROW(choose_target_grid({path, "", "", {}}, wrong[i]), report::UsageError) << i;
}

TEST_F(Grids, WhatCannotBeDoneSaysWhy) {
  const std::string path = scene({"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 100, 100});
  const SourceOptions source = {path, "", "", {}};
  EXPECT_THAT(error_of(source, {.bbox = {{0, 0, 1000, 1000}}}),
              AllOf(HasSubstr("does not reach"), HasSubstr("--bbox")));
  EXPECT_THAT(
      error_of(source,
               {.dst_crs = "EPSG:4326", .resolution = {{0.01, 0.01}}, .bbox = {{10, 10, 11, 11}}}),
      HasSubstr("does not reach"));
  EXPECT_THAT(error_of(source, {.dst_crs = "+proj=ortho +lat_0=-60 +lon_0=-170"}),
              AllOf(HasSubstr("outside the domain"), HasSubstr("--dst-crs")));
  const std::string none = scene({"", {0, 1, 0, 9, 0, -1}, 10, 9});
  EXPECT_THAT(error_of({none, "", "", {}}, {.dst_crs = "EPSG:3857"}), HasSubstr("--src-crs"));
  EXPECT_NO_THROW(choose_target_grid({none, "EPSG:32631", "", {}}, {.dst_crs = "EPSG:3857"}));
  EXPECT_THAT(error_of({folder_.file("none.tif"), "", "", {}}, {}), HasSubstr("none.tif"));
}

TEST_F(Grids, BoxAcrossTheAntimeridianReachesAPeriodicSource) {
  const std::string globe = scene({"EPSG:4326", {-180, 0.5, 0, 90, 0, -0.5}, 720, 360});
  EXPECT_EQ(choose_target_grid(
                {globe, "", "", {}},
                {.dst_crs = "EPSG:4326", .resolution = {{0.5, 0.5}}, .bbox = {{190, 0, 200, 10}}})
                .width,
            20);
}

TEST(DegreesOf, AreOnTheGlobe) {
  using Box = std::array<double, 4>;
  const std::string wgs84 = crs_from_text("EPSG:4326", "test");
  const auto area = [&](const Box& box) { return degrees_of(box, wgs84); };
  EXPECT_EQ(area({3, 4, 5, 6}), (Box{3, 4, 5, 6}));
  EXPECT_EQ(area({180, 4, 190, 6}), (Box{-180, 4, -170, 6}));
  EXPECT_EQ(area({-190, 4, -185, 6}), (Box{170, 4, 175, 6}));
  EXPECT_EQ(area({175, 4, 185, 6}), (Box{-180, 4, 180, 6}));
  EXPECT_EQ(area({0, -95, 360, 95}), (Box{-180, -90, 180, 90}));
  EXPECT_EQ(area({500000, 5390000, 505000, 5400000}), std::nullopt);  // no degrees at all
  EXPECT_EQ(area({180, 4, 180, 4}), std::nullopt);
}

}  // namespace
}  // namespace cogmill::crs
