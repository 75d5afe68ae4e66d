// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/choose_overview.hpp"
#include "src/crs/control_grid.hpp"
#include "tests/unit/crs_files.hpp"

#include <gdal_utils.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// Positions by a formula.
class Formula final : public PixelTransformer {
 public:
  explicit Formula(std::function<PixelPoint(PixelPoint)> map, double period = 0)
      : map_(std::move(map)), period_(period) {}
  void transform(std::span<PixelPoint> points) const override {
    for (PixelPoint& p : points) p = map_(p);
  }
  double period() const override { return period_; }

 private:
  std::function<PixelPoint(PixelPoint)> map_;
  double period_;
};

ScaleFactors scale_of(std::function<PixelPoint(PixelPoint)> map, std::int64_t width = 1000,
                      std::int64_t height = 700, double period = 0) {
  TargetGrid target;
  target.width = width;
  target.height = height;
  return measure_scale(Formula(std::move(map), period), target);
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Scale, OfPlainResizing) {
  const ScaleFactors s = scale_of([](PixelPoint p) { return PixelPoint{p.x * 2.5, p.y * 0.4}; });
  EXPECT_NEAR(s.x, 0.4, 1e-9);
  EXPECT_NEAR(s.y, 2.5, 1e-9);
  const ScaleFactors same = scale_of([](PixelPoint p) { return p; });
  EXPECT_EQ(same.x, 1);
  EXPECT_EQ(same.y, 1);
}

TEST(Scale, SnapsToWholeSteps) {
  const ScaleFactors s = scale_of([](PixelPoint p) { return PixelPoint{p.x * 3.04, p.y * 3.06}; });
  EXPECT_DOUBLE_EQ(s.x, 1.0 / 3);
  EXPECT_NEAR(s.y, 1 / 3.06, 1e-9);
}

TEST(Scale, OfTinyOutputs) {
  for (const auto& [w, h] : {std::pair{1, 1}, {2, 1}, {1, 3}}) {
    const ScaleFactors s = scale_of(
        [](PixelPoint p) {
          return PixelPoint{p.x * 4, p.y * 5};
        },
        w, h);
    EXPECT_DOUBLE_EQ(s.x, 0.25);
    EXPECT_DOUBLE_EQ(s.y, 0.2);
  }
}

TEST(Scale, OfTurnedPixelsIsTheRootOfTheirArea) {
  const ScaleFactors s = scale_of([](PixelPoint p) {
    return PixelPoint{3 * p.x - 1.5 * p.y, 4 * p.x + 2 * p.y};  // 5 by 2.5, area 12
  });
  EXPECT_NEAR(s.x, 1 / std::sqrt(12.0), 1e-9);
  EXPECT_EQ(s.x, s.y);
}

TEST(Scale, LeavesOutGapsSeamsAndPoles) {
  const ScaleFactors gaps = scale_of([](PixelPoint p) {
    return p.x < 500 ? PixelPoint{kNaN, kNaN} : PixelPoint{p.x * 2, p.y * 2};
  });
  EXPECT_DOUBLE_EQ(gaps.x, 0.5);
  const auto around = [](PixelPoint p) {
    return PixelPoint{std::fmod(p.x * 2 + 1000, 2000), p.y * 2};
  };
  EXPECT_DOUBLE_EQ(scale_of(around, 1000, 700, 2000).x, 0.5);
  const ScaleFactors pole = scale_of([](PixelPoint p) {
    return PixelPoint{p.y < 1 ? p.x * 1e6 : p.x * 2, p.y * 2};
  });
  EXPECT_DOUBLE_EQ(pole.x, 0.5);
  const ScaleFactors nothing = scale_of([](PixelPoint) { return PixelPoint{kNaN, kNaN}; });
  EXPECT_EQ(nothing.x, 1);
  EXPECT_EQ(nothing.y, 1);
}

using Rule = OverviewOption::Rule;
const std::vector<std::int64_t> kLevels = {5490, 2745, 1373, 687};

int chosen(double ratio, OverviewOption option = {}) {
  return choose_overview(10980, kLevels, ratio, option);
}

TEST(Overview, AutomaticIsTheCoarsestThatIsFinerThanTheOutput) {
  const std::vector<std::pair<double, int>> wanted = {
      {0.5, -1}, {1, -1},  {1.05, -1}, {1.9, -1}, {1.95, -1}, {2, 0},  {3.5, 0},
      {4, 1},    {7.9, 1}, {7.95, 1},  {8, 2},    {15, 2},    {16, 3}, {100, 3}};
  for (const auto& [ratio, level] : wanted) EXPECT_EQ(chosen(ratio), level) << ratio;
}

/// The level gdalwarp -ovr AUTO says it selects; -1: it says nothing.
int selected_by_gdalwarp(GDALDataset& source, std::int64_t width) {
  int level = -1;
  CPLPushErrorHandlerEx(
      [](CPLErr, CPLErrorNum, const char* text) {
        std::sscanf(text, "WARP: Selecting overview level %d",
                    static_cast<int*>(CPLGetErrorHandlerUserData()));
      },
      &level);
  CPLSetThreadLocalConfigOption("CPL_DEBUG", "ON");
  const std::string size = std::to_string(width);
  char* args[] = {const_cast<char*>("-q"),
                  const_cast<char*>("-of"),
                  const_cast<char*>("VRT"),
                  const_cast<char*>("-ts"),
                  const_cast<char*>(size.c_str()),
                  const_cast<char*>("0"),
                  nullptr};
  GDALWarpAppOptions* options = GDALWarpAppOptionsNew(args, nullptr);
  GDALDatasetH input = GDALDataset::ToHandle(&source);
  GDALClose(GDALWarp("", nullptr, 1, &input, options, nullptr));
  GDALWarpAppOptionsFree(options);
  CPLSetThreadLocalConfigOption("CPL_DEBUG", nullptr);
  CPLPopErrorHandler();
  return level;
}

TEST(Overview, AutomaticIsGdalwarps) {
  GDALAllRegister();
  const tests::TempDir folder;
  const std::string path = folder.file("scene.tif");
  const CPLStringList sparse(CSLTokenizeString("SPARSE_OK=TRUE TILED=YES"));
  const GDALDatasetUniquePtr file(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      path.c_str(), 1030, 1030, 1, GDT_Byte, sparse.List()));
  Geotransform geotransform = {399960, 10, 0, 5300040, 0, -10};
  ASSERT_EQ(file->SetGeoTransform(geotransform.data()), CE_None);
  const OGRSpatialReference srs = srs_of("EPSG:32631");
  ASSERT_EQ(file->SetSpatialRef(&srs), CE_None);
  const int factors[] = {2, 4, 8};
  ASSERT_EQ(file->BuildOverviews("NONE", 3, factors, 0, nullptr, nullptr, nullptr, nullptr),
            CE_None);
  std::vector<std::int64_t> levels;
  for (int i = 0; i < 3; ++i) levels.push_back(file->GetRasterBand(1)->GetOverview(i)->GetXSize());
  // Some version between 3.6 and 3.10 began to take overviews that are coarser than the output by
  // less than a tenth of a pixel; ours is the rule of 3.6 with every GDAL.
  const double slack = selected_by_gdalwarp(*file, 520) == 0 ? 0.1 : 0;
  for (const std::int64_t width :
       {2000, 1030, 1000, 530, 520, 515, 510, 300, 260, 258, 257, 129, 40}) {
    const GridOptions options = {.size = {{width, 0}}};
    const SourceOptions source = {path};
    const double ratio = overview_ratio(source, choose_target_grid(source, options), options);
    EXPECT_EQ(choose_overview(1030, levels, ratio > 1 ? ratio + slack : ratio, {}),
              selected_by_gdalwarp(*file, width))
        << width;
  }
}

TEST(Overview, ObeysTheOption) {
  EXPECT_EQ(chosen(8, {Rule::kNone, 0}), -1);
  EXPECT_EQ(chosen(1, {Rule::kLevel, 2}), 2);
  EXPECT_EQ(chosen(1, {Rule::kLevel, 9}), 3);
  EXPECT_EQ(chosen(8, {Rule::kAuto, 1}), 1);
  EXPECT_EQ(chosen(8, {Rule::kAuto, 7}), -1);
  EXPECT_EQ(choose_overview(100, {}, 8, {Rule::kLevel, 0}), -1);
}

TEST(Overview, RatioComesFromTheGrid) {
  const tests::TempDir folder;
  const SourceOptions source = {make_scene(
      folder.file("scene.vrt"), {"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 1000, 1000})};
  const auto ratio = [&](const GridOptions& options) {
    return overview_ratio(source, choose_target_grid(source, options), options);
  };
  EXPECT_NEAR(ratio({}), 1, 1e-6);
  EXPECT_NEAR(ratio({.dst_crs = "EPSG:3857"}), 1, 1e-6);
  EXPECT_NEAR(ratio({.resolution = {{40, 40}}}), 4, 1e-6);
  EXPECT_NEAR(ratio({.resolution = {{40, 40}}, .bbox = {{399960, 5290040, 404960, 5300040}}}), 4,
              1e-6);
  EXPECT_NEAR(ratio({.size = {{125, 0}}}), 8, 1e-6);
}

}  // namespace
}  // namespace cogmill::crs
