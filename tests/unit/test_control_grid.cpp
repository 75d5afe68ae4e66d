// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/control_grid.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/turn.hpp"
#include "tests/unit/crs_files.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <ostream>

namespace cogmill::crs {
namespace {

using kernels::CoordinateMap;
using kernels::MapCell;
using kernels::PixelPoint;
using partition::Window;

/// How much worse than at the points of its test a patch may be elsewhere, by the cubic part
/// of the transform. Of a jump across a cut of the domain, half is seen in the middle of an edge,
/// and the patch's own error may hide as much again.
constexpr double kSlack = 1.5;
constexpr double kSlackWithCuts = 4;

constexpr bool kPeriodic = true, kGaps = true;

struct Case {
  std::string name;
  Scene source;
  std::string crs;
  Geotransform geotransform;
  int width, height;
  bool periodic = false;
  bool has_gaps = false;  ///< some pixels have no source
  double slack = kSlack;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

const Scene kUtm = {"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 1500, 1500};
const Scene kGlobe = {"EPSG:4326", {-180, 0.5, 0, 90, 0, -0.5}, 720, 360};
const Scene kGlobe360 = {"EPSG:4326", {0, 0.5, 0, 90, 0, -0.5}, 720, 360};
const Scene kHalf = {"EPSG:4326", {90, 0.5, 0, 90, 0, -0.5}, 180, 360};
const Scene kMercatorGlobe = {"EPSG:3857", {-20037508, 200000, 0, 20037508, 0, -200000}, 200, 200};
const Scene kPolar = {"EPSG:3413", {-3850000, 12500, 0, 5850000, 0, -12500}, 608, 896};
const Scene kRotated = {"EPSG:2154", {650000, 8.1, 3.3, 6860000, 3.2, -8.4}, 700, 900};

constexpr const char* kOrtho = "+proj=ortho +lat_0=42 +lon_0=171";
constexpr const char* kGeos = "+proj=geos +h=35785831 +lon_0=140 +sweep=y";
const Geotransform kArctic = {-3850000, 25000, 0, 5850000, 0, -25000};
const Geotransform kMercator = {166000, 14.7, 0, 6060000, 0, -14.7};

// clang-format off
const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"utm_to_mercator", kUtm, "EPSG:3857", kMercator, 537, 411},
      {"utm_to_geographic", kUtm, "EPSG:4326", {1.6, 1e-4, 0, 47.8, 0, -1e-4}, 300, 200},
      {"utm_to_laea", kUtm, "EPSG:3035", {3600000, 12, 0, 2800000, 0, -11}, 250, 300},
      {"rotated", kRotated, "EPSG:3857", {240000, 13, 0, 6250000, 0, -13}, 300, 200},
      {"rotated_output", kRotated, "EPSG:27700", {880000, 9, 4, -100000, 3, -8}, 200, 201},
      {"coarse_globe", kGlobe, "EPSG:4326", {-180, 9, 0, 90, 0, -9}, 40, 20, kPeriodic},
      {"coarser_globe", kGlobe360, "EPSG:4326", {-180, 22.5, 0, 90, 0, -22.5}, 16, 8, kPeriodic},
      {"half_on_coarse_globe", kHalf, "EPSG:4326", {-180, 7.5, 0, 90, 0, -7.5}, 48, 24},
      {"mercator_on_coarse_globe", kMercatorGlobe, "EPSG:4326", {-180, 11.25, 0, 78.75, 0, -11.25}, 32, 14},
      {"symmetric_mercator", kGlobe, "EPSG:3395", {-20037508, 417448, 0, 20037508, 0, -417448}, 96, 96, kPeriodic},
      {"one_pixel", kUtm, "EPSG:3857", kMercator, 1, 1},
      {"half_globe_at_pole", kHalf, "EPSG:3413", kArctic, 304, 448},
      {"polar_to_globe", kPolar, "EPSG:4326", {-180, 0.6, 0, 90, 0, -0.6}, 600, 110},
      {"coarse_mercator", kGlobe, "EPSG:3857", {-20037508, 80000, 0, 20037508, 0, -80000}, 501, 501, kPeriodic},
      {"north_pole", kGlobe, "EPSG:3413", kArctic, 304, 448, kPeriodic},
      {"south_pole", kGlobe360, "EPSG:3031", {-3000000, 20000, 0, 3000000, 0, -20000}, 300, 300, kPeriodic},
      {"shifted_globe", kGlobe360, "EPSG:4326", {-180, 0.4, 0, 90, 0, -0.4}, 900, 450, kPeriodic},
      {"beyond_antimeridian", kGlobe, "EPSG:4326", {170, 0.07, 0, 20, 0, -0.07}, 400, 200, kPeriodic},
      {"mollweide", kGlobe, "ESRI:54009", {-18040096, 72000, 0, 9020048, 0, -72000}, 502, 251, kPeriodic, kGaps},
      {"orthographic", kGlobe, kOrtho, {-6400000, 40000, 0, 6400000, 0, -40000}, 320, 320, kPeriodic, kGaps},
      {"tiny_orthographic", kGlobe, kOrtho, {-26400000, 600000, 0, 26400000, 0, -600000}, 88, 88, kPeriodic, kGaps},
      {"geostationary", kGlobe, kGeos, {-5500000, 40000, 0, 5500000, 0, -40000}, 275, 275, kPeriodic, kGaps},
      {"interrupted", kGlobe, "+proj=igh", {-20037508, 60000, 0, 8700000, 0, -60000}, 668, 290, kPeriodic, kGaps,
       kSlackWithCuts},
  };
  return all;
}
// clang-format on

class ControlGrid : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const Case& c = GetParam();
    target_ = make_target(c.crs, c.geotransform, c.width, c.height);
    const std::string path = make_scene(folder_.file("source.vrt"), c.source);
    transformer_ =
        make_pixel_transformer({path, "", "", {}}, c.source.width, c.source.height, target_);
    EXPECT_EQ(transformer_->period() > 0, c.periodic);
  }

  /// Compares every pixel centre of the map with the transformer.
  void expect_close(const CoordinateMap& map, double bound) {
    std::vector<PixelPoint> exact = centres_of(0, 0, target_.width, target_.height);
    transformer_->transform(exact);
    std::int64_t gaps = 0;
    double worst = 0;
    for (std::int64_t row = 0, i = 0; row < target_.height; ++row)
      for (std::int64_t col = 0; col < target_.width; ++col, ++i) {
        const PixelPoint found = position(map, col, row);
        const PixelPoint& wanted = exact[static_cast<std::size_t>(i)];
        ASSERT_EQ(is_nowhere(found), is_nowhere(wanted)) << col << "," << row;
        gaps += is_nowhere(wanted) ? 1 : 0;
        if (is_nowhere(wanted)) continue;
        const double error = distance(found, wanted, transformer_->period());
        ASSERT_LE(error, bound) << col << "," << row << ": " << found.x << "," << found.y
                                << " instead of " << wanted.x << "," << wanted.y;
        worst = std::max(worst, error);
      }
    EXPECT_EQ(gaps > 0, GetParam().has_gaps) << gaps << " gaps";
    RecordProperty("worst_" + std::to_string(bound), std::to_string(worst));
  }

  tests::TempDir folder_;
  TargetGrid target_;
  std::unique_ptr<PixelTransformer> transformer_;
};

TEST_P(ControlGrid, StaysWithinTheThreshold) {
  ControlGridReport report;
  const Window whole = {0, 0, target_.width, target_.height};
  for (const double threshold : {0.125, 0.01}) {
    const CoordinateMap map = build_control_grid(
        *transformer_, whole, CoordinateMap::Anchor::kCentres, threshold, report);
    EXPECT_LE(report.largest_error, threshold);
    EXPECT_GT(report.transformed, 0);
    RecordProperty("pixels_per_call_" + std::to_string(threshold),
                   std::to_string(static_cast<double>(whole.pixels()) /
                                  static_cast<double>(report.transformed)));
    expect_close(map, GetParam().slack * threshold);
  }
}

TEST_P(ControlGrid, IsExactWhereAskedFor) {
  ControlGridReport report;
  const CoordinateMap map = build_control_grid(*transformer_, {0, 0, target_.width, target_.height},
                                               CoordinateMap::Anchor::kCentres, 0, report);
  EXPECT_EQ(report.largest_error, 0);
  expect_close(map, 1e-9);  // whole periods cost the last bits
}

TEST_P(ControlGrid, DoesNotDependOnTheWindow) {
  const std::int64_t w = target_.width, h = target_.height;
  const std::vector<Window> windows = {
      {0, 0, w, h}, {w / 3, h / 5, w - w / 3, h - h / 5}, {w - 1, h - 1, 1, 1}, {w / 2, 0, 1, h}};
  ControlGridReport report;
  const CoordinateMap first =
      build_control_grid(*transformer_, windows[0], CoordinateMap::Anchor::kCentres, 0.125, report);
  for (const Window& window : windows) {
    const CoordinateMap other =
        build_control_grid(*transformer_, window, CoordinateMap::Anchor::kCentres, 0.125, report);
    for (std::int64_t row = window.row; row < window.row_end(); ++row)
      for (std::int64_t col = window.col; col < window.col_end(); ++col) {
        const PixelPoint a = position(first, col, row), b = position(other, col, row);
        ASSERT_EQ(is_nowhere(a), is_nowhere(b)) << col << "," << row;
        if (is_nowhere(a)) continue;
        ASSERT_EQ(a.x, b.x) << col << "," << row;
        ASSERT_EQ(a.y, b.y) << col << "," << row;
      }
  }
}

TEST_P(ControlGrid, DoesNotDependOnThreads) {
  using Limit = tbb::global_control;
  const auto same = [](const PixelPoint& a, const PixelPoint& b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
  };
  for (const double threshold : {0.0, 0.125})
    for (const auto anchor : {CoordinateMap::Anchor::kCentres, CoordinateMap::Anchor::kCorners}) {
      std::array<CoordinateMap, 2> maps;
      for (std::size_t i = 0; i < 2; ++i) {
        const Limit threads(Limit::max_allowed_parallelism, i == 0 ? 1 : 4);
        ControlGridReport report;
        maps[i] = build_control_grid(*transformer_, {0, 0, target_.width, target_.height}, anchor,
                                     threshold, report);
      }
      EXPECT_EQ(maps[0].cells.size(), maps[1].cells.size());
      EXPECT_TRUE(std::ranges::equal(
          maps[0].cells, maps[1].cells,
          [](const auto& a, const auto& b) { return a.kind == b.kind && a.first == b.first; }));
      EXPECT_TRUE(std::ranges::equal(maps[0].points, maps[1].points, same));
    }
}

TEST_P(ControlGrid, KeepsBoxesTogether) {
  std::vector<PixelPoint> exact;
  for (std::int64_t row = 0; row < target_.height; ++row)
    for (std::int64_t col = 0; col < target_.width; ++col)
      for (const int k : {0, 1})
        exact.push_back({static_cast<double>(col + k), static_cast<double>(row + k)});
  transformer_->transform(exact);
  const double period = period_of(*transformer_, true);
  for (const double threshold : {0.0, 0.125}) {
    SCOPED_TRACE(threshold);
    ControlGridReport report;
    const CoordinateMap map =
        build_control_grid(*transformer_, {0, 0, target_.width, target_.height},
                           CoordinateMap::Anchor::kCorners, threshold, report);
    int long_ways = 0;
    for (std::int64_t row = 0, i = 0; row < target_.height; ++row)
      for (std::int64_t col = 0; col < target_.width; ++col, i += 2) {
        const PixelPoint a = position(map, col, row), b = position(map, col, row, 1, 1);
        const PixelPoint& c = exact[static_cast<std::size_t>(i)];
        const PixelPoint& d = exact[static_cast<std::size_t>(i + 1)];
        ASSERT_EQ(is_nowhere(a), is_nowhere(c)) << col << "," << row;
        ASSERT_EQ(is_nowhere(b), is_nowhere(d)) << col << "," << row;
        if (is_nowhere(a) || is_nowhere(b)) continue;
        ASSERT_LE(distance(a, c, period), GetParam().slack * 0.125) << col << "," << row;
        ASSERT_LE(distance(b, d, period), GetParam().slack * 0.125) << col << "," << row;
        long_ways += period > 0 && std::abs(b.x - a.x) > period / 2 ? 1 : 0;
      }
    EXPECT_LE(long_ways, 8) << "only beside a pole there is no short way";
  }
}

TEST(WidePixels, AreFollowedRoundTheGlobe) {
  const tests::TempDir folder;
  const std::string path = make_scene(folder.file("globe.vrt"), kGlobe);
  for (const int pixels : {1, 2, 3, 5}) {
    const double step = 360.0 / pixels;
    const TargetGrid target = make_target("EPSG:4326", {-170, step, 0, 90, 0, -60}, pixels, 3);
    const auto transformer = make_pixel_transformer({path, "", "", {}}, 720, 360, target);
    for (const double threshold : {0.0, 0.125}) {
      ControlGridReport report;
      const CoordinateMap map =
          build_control_grid(*transformer, {0, 0, target.width, target.height},
                             CoordinateMap::Anchor::kCorners, threshold, report);
      for (std::int64_t col = 0; col < pixels; ++col)
        EXPECT_NEAR(position(map, col, 1, 1, 1).x - position(map, col, 1).x, 2 * step, 0.125)
            << col << " of " << pixels;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, ControlGrid, testing::ValuesIn(cases()),
                         [](const auto& param) { return param.param.name; });

TEST(ControlGridCost, IsBelowOneCallPerTwoHundredPixels) {
  const tests::TempDir folder;
  const Scene scene = {"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 10980, 10980};
  const std::string path = make_scene(folder.file("scene.vrt"), scene);
  const TargetGrid target =
      make_target("EPSG:3857", {166021, 14.7, 0, 6074000, 0, -14.7}, 10980, 10980);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 10980, 10980, target);
  ControlGridReport report;
  const CoordinateMap map = build_control_grid(*transformer, {2048, 4096, 1024, 1024},
                                               CoordinateMap::Anchor::kCentres, 0.125, report);
  EXPECT_EQ(map.across * map.down, 256);
  EXPECT_LE(report.transformed * 200, 1024 * 1024);
  EXPECT_GE(report.transformed, 256);
}

TEST(ControlGridCost, ASeamIsFree) {
  const tests::TempDir folder;
  const std::string path = make_scene(folder.file("scene.vrt"), kGlobe360);
  const TargetGrid target = make_target("EPSG:4326", {-180, 0.05, 0, 90, 0, -0.05}, 7200, 3600);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 720, 360, target);
  ControlGridReport report;
  build_control_grid(*transformer, {3072, 1024, 1024, 1024}, CoordinateMap::Anchor::kCentres, 0.125,
                     report);
  EXPECT_LE(report.transformed * 200, 1024 * 1024);
}

TEST(ControlGridCost, EmptyCornersAreCheap) {
  const tests::TempDir folder;
  const std::string path = make_scene(folder.file("scene.vrt"), kGlobe);
  const TargetGrid target =
      make_target("ESRI:54009", {-18040096, 1000, 0, 9020048, 0, -1000}, 36080, 18040);
  const auto transformer = make_pixel_transformer({path, "", "", {}}, 720, 360, target);
  ControlGridReport report;
  const CoordinateMap map = build_control_grid(*transformer, {0, 0, 1024, 1024},
                                               CoordinateMap::Anchor::kCentres, 0.125, report);
  EXPECT_TRUE(std::all_of(map.cells.begin(), map.cells.end(), [](const MapCell& cell) {
    return cell.kind == MapCell::Kind::kNowhere;
  }));
  EXPECT_LE(report.transformed * 12, 1024 * 1024);
}

}  // namespace
}  // namespace cogmill::crs
