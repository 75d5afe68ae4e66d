// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/crs_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cogmill::io {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

OGRSpatialReference crs_of(const std::string& text) {
  OGRSpatialReference crs;
  EXPECT_EQ(crs.SetFromUserInput(text.c_str()), OGRERR_NONE) << text;
  return crs;
}

std::string code(const OGRSpatialReference& crs, const char* part) {
  const char* number = crs.GetAuthorityCode(part);
  return number == nullptr ? "" : number;
}

TEST(CrsText, NamesTheWholeAndItsParts) {
  const OGRSpatialReference asked = crs_of("EPSG:5698");
  const OGRSpatialReference read = crs_of(wkt2_of(asked));
  EXPECT_EQ(code(read, nullptr), "5698");
  EXPECT_EQ(code(read, "PROJCS"), "2154");
  EXPECT_EQ(code(read, "VERT_CS"), "5720");
  EXPECT_TRUE(asked.IsSame(&read));
  EXPECT_EQ(wkt2_of(read), wkt2_of(asked));
}

TEST(CrsText, CompoundsWithoutACodeStayWithoutOne) {
  const OGRSpatialReference read = crs_of(wkt2_of(crs_of("EPSG:25832+5783")));
  const OGRSpatialReference other = crs_of(wkt2_of(crs_of("EPSG:2056+5773")));
  EXPECT_EQ(code(other, nullptr), "");
  EXPECT_EQ(code(other, "PROJCS"), "2056");
  EXPECT_EQ(code(other, "VERT_CS"), "5773");
  EXPECT_EQ(code(read, "VERT_CS"), "5783");
}

TEST(CrsText, LooksThePartsUpWhereTheTextNamesTheWholeOnly) {
  const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
  char* text = nullptr;
  ASSERT_EQ(crs_of("EPSG:7423").exportToWkt(&text, options), OGRERR_NONE);
  const OGRSpatialReference plain = crs_of(text);
  CPLFree(text);
  ASSERT_EQ(code(plain, "VERT_CS"), "");
  EXPECT_EQ(code(with_codes_of_parts(plain), "VERT_CS"), "5621");
  EXPECT_EQ(code(with_codes_of_parts(plain), "GEOGCS"), "4258");
  EXPECT_EQ(wkt2_of(plain), wkt2_of(crs_of("EPSG:7423")));
}

TEST(CrsText, BelievesNoCodeThatIsNotThatCrs) {
  std::string text = wkt2_of(crs_of("EPSG:5698"));
  const auto at = text.rfind("5698");
  text.replace(at, 4, "7423");
  EXPECT_THAT(wkt2_of(crs_of(text)), Not(HasSubstr("7423")));
  text.replace(at, 4, "\"1]],X[\"");
  OGRSpatialReference hostile;
  static_cast<void>(hostile.SetFromUserInput(text.c_str()));
  EXPECT_THAT(wkt2_of(hostile), Not(HasSubstr("1]],X")));
}

TEST(CrsText, OthersAreAsGdalWritesThem) {
  EXPECT_THAT(wkt2_of(crs_of("EPSG:32631")), HasSubstr("ID[\"EPSG\",32631]"));
  EXPECT_EQ(wkt2_of(OGRSpatialReference()), "");
  EXPECT_EQ(code(with_codes_of_parts(crs_of("EPSG:3035")), nullptr), "3035");
}

}  // namespace
}  // namespace cogmill::io
