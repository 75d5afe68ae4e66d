// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/ground_area.hpp"
#include "src/crs/operation_report.hpp"
#include "src/crs/srs.hpp"
#include "src/crs/vertical_change.hpp"
#include "src/report/error.hpp"
#include "tests/unit/crs_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cogmill::crs {
namespace {

using testing::HasSubstr;

std::string wkt(const std::string& text) { return crs_from_text(text, "test"); }

TEST(OperationReport, NamesAnOperation) {
  const OperationReport report =
      describe_operation(wkt("EPSG:32631"), wkt("EPSG:3857"), std::array<double, 4>{2, 47, 3, 48});
  EXPECT_THAT(report.name, HasSubstr("UTM"));
  EXPECT_THAT(report.definition, HasSubstr("+proj=webmerc"));
  EXPECT_TRUE(report.missing_grids.empty());
}

TEST(OperationReport, NamesMissingGridsOfABetterOperation) {
  const std::array<double, 4> britain = {-3, 51, -1, 53};
  const OperationReport report = describe_operation(wkt("EPSG:27700"), wkt("EPSG:4326"), britain);
  EXPECT_THAT(report.definition, HasSubstr("+proj="));
  // With the grid installed nothing is missing, and the operation uses it.
  if (report.missing_grids.empty()) {
    EXPECT_THAT(report.definition, HasSubstr("OSTN15"));
    return;
  }
  EXPECT_THAT(report.missing_grids.front(), HasSubstr("OSTN15"));
  ASSERT_TRUE(report.accuracy.has_value());
  EXPECT_GT(*report.accuracy, 1.0);
}

TEST(OperationReport, AreaDecides) {
  const auto nad27 = [](const std::array<double, 4>& area) {
    return describe_operation(wkt("EPSG:4267"), wkt("EPSG:4326"), area).name;
  };
  EXPECT_NE(nad27({-84, 22, -80, 23.2}), nad27({-150, 60, -148, 62}));
}

TEST(OperationReport, TellsWhereAShiftIsNotMeantFor) {
  const auto area_left = [](const char* from, const char* to, const std::array<double, 4>& area) {
    return describe_operation(wkt(from), wkt(to), area).area_of_use;
  };
  const auto belgium = area_left("EPSG:31370", "EPSG:3857", {5.9, 50.1, 6.9, 50.6});
  ASSERT_TRUE(belgium);  // its shift ends at 6.4 east
  EXPECT_NEAR((*belgium)[2], 6.4, 0.1);
  EXPECT_FALSE(area_left("EPSG:31370", "EPSG:3857", {4, 50.6, 4.5, 51}));
  // Nothing is shifted: a scene of a UTM zone reaches into the next one.
  EXPECT_FALSE(area_left("EPSG:32631", "EPSG:3857", {5.5, 48, 7, 49}));
  EXPECT_FALSE(area_left("EPSG:32631", "EPSG:4326", {-20, -10, 30, 80}));
  // Across 180 degrees, where the area of Fiji's shift is; and all longitudes, which may mean that.
  EXPECT_FALSE(area_left("EPSG:4720", "EPSG:4326", {178, -18, -179.9, -16}));
  EXPECT_FALSE(area_left("EPSG:4720", "EPSG:4326", {-180, -18, 180, -16}));
  EXPECT_TRUE(area_left("EPSG:4720", "EPSG:4326", {170, -18, 180, -16}));
}

TEST(OperationReport, KnowsWhetherThereIsAChoice) {
  const ChosenOperation one =
      choose_operation(wkt("EPSG:32631"), wkt("EPSG:3857"), std::array<double, 4>{2, 47, 3, 48});
  EXPECT_TRUE(one.is_only);
  const ChosenOperation many =
      choose_operation(wkt("EPSG:28992"), wkt("EPSG:4326"), std::array<double, 4>{6, 52, 7, 53});
  EXPECT_FALSE(many.is_only);
  EXPECT_THAT(many.pipeline, HasSubstr("+proj=pipeline"));
  EXPECT_THROW(choose_operation(wkt("IAU_2015:30100"), wkt("EPSG:4326"), std::nullopt),
               report::RuntimeError);
}

TEST(OperationReport, CompoundCrsGoWithoutHeights) {
  const OperationReport report =
      describe_operation(wkt("EPSG:32631+5773"), wkt("EPSG:3857"), std::nullopt);
  EXPECT_EQ(report.definition.find("vgridshift"), std::string::npos);
  EXPECT_TRUE(report.missing_grids.empty());
}

TEST(VerticalChange, IsToldWhereBothHaveHeightsThatDiffer) {
  const auto change = [](const char* from, const char* to) {
    return vertical_change(wkt(from), wkt(to));
  };
  const auto told = change("EPSG:32631+5773", "EPSG:3857+5703");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->from, "EGM96 height");
  EXPECT_EQ(told->to, "NAVD88 height");
  EXPECT_TRUE(change("EPSG:32631+5773", "EPSG:32631+5703"));
  EXPECT_FALSE(vertical_change(wkt_of(srs_of("EPSG:5703")), wkt_of(srs_of("EPSG:8228"))));
  EXPECT_TRUE(change("EPSG:4326+5703", "EPSG:4326+6360"));  // metres and feet
  EXPECT_TRUE(change("EPSG:32631+5773", "EPSG:4979"));      // above the ellipsoid
  EXPECT_TRUE(change("EPSG:4979", "EPSG:4937"));            // above two of them
  EXPECT_FALSE(change("EPSG:4979", "EPSG:4979"));
  EXPECT_FALSE(change("EPSG:32631+5773", "EPSG:3857+5773"));
  EXPECT_FALSE(change("EPSG:32631+5773", "EPSG:3857"));
  EXPECT_FALSE(change("EPSG:32631", "EPSG:3857+5773"));
  EXPECT_FALSE(vertical_change("", wkt("EPSG:3857+5773")));
  EXPECT_FALSE(vertical_change("nonsense", wkt("EPSG:3857+5773")));
}

TEST(OperationReport, NoneIsAnError) {
  EXPECT_THROW(describe_operation(wkt("IAU_2015:30100"), wkt("EPSG:4326"), std::nullopt),
               report::RuntimeError);
  EXPECT_THROW(describe_operation("nonsense", wkt("EPSG:4326"), std::nullopt),
               report::RuntimeError);
}

TEST(GroundArea, IsInDegrees) {
  const tests::TempDir folder;
  const std::string path = make_scene(
      folder.file("scene.vrt"), {"EPSG:32631", {399960, 10, 0, 5300040, 0, -10}, 10980, 10980});
  const auto area = ground_area({path});
  ASSERT_TRUE(area);
  EXPECT_NEAR((*area)[0], 1.66, 0.05);
  EXPECT_NEAR((*area)[1], 46.85, 0.05);
  EXPECT_NEAR((*area)[2], 3.13, 0.05);
  EXPECT_NEAR((*area)[3], 47.85, 0.05);
}

}  // namespace
}  // namespace cogmill::crs
