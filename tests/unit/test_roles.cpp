// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/roles.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace cogmill::expr {
namespace {

using Found = std::map<std::string, int>;

Found of_names(const std::vector<std::string>& names) {
  std::vector<BandLabel> bands;
  for (const std::string& name : names) bands.push_back({name, "Undefined"});
  return find_roles(bands);
}

TEST(Roles, PlainNamesInAnySpelling) {
  EXPECT_EQ(of_names({"blue", "GREEN", "Red", "Near Infrared"}),
            (Found{{"blue", 1}, {"green", 2}, {"red", 3}, {"nir", 4}}));
  EXPECT_EQ(of_names({"near-infrared", "SWIR 1", "swir_2", "Red Edge 2"}),
            (Found{{"nir", 1}, {"swir1", 2}, {"swir2", 3}, {"rededge2", 4}}));
  EXPECT_EQ(of_names({"Red (665 nm)", "nir: 842 nm"}), (Found{{"red", 1}, {"nir", 2}}));
  EXPECT_EQ(of_names({"swir16", "swir22", "nir08"}),
            (Found{{"swir1", 1}, {"swir2", 2}, {"nir", 3}, {"nir2", 3}}));
}

TEST(Roles, NothingIsKnownOfUnknownNames) {
  EXPECT_EQ(of_names({}), Found{});
  EXPECT_EQ(of_names({"", "elevation", "Band 4", "reddish", "4"}), Found{});
}

TEST(Roles, ColorInterpretationCountsWhereTheDescriptionIsSilent) {
  EXPECT_EQ(find_roles(std::vector<BandLabel>{
                {"", "Red"}, {"", "Green"}, {"", "Blue"}, {"", "Undefined"}, {"", "Alpha"}}),
            (Found{{"red", 1}, {"green", 2}, {"blue", 3}}));
  // False colour: the file shows near infrared as red.
  EXPECT_EQ(find_roles(std::vector<BandLabel>{{"nir", "Red"}, {"red", "Green"}}),
            (Found{{"nir", 1}, {"red", 2}}));
  EXPECT_EQ(find_roles(std::vector<BandLabel>{{"", "NIR"}}), (Found{{"nir", 1}}));
}

TEST(Roles, Sentinel2) {
  EXPECT_EQ(of_names({"B02", "B03", "B04", "B08", "B8A", "B11", "B12"}), (Found{{"blue", 1},
                                                                                {"green", 2},
                                                                                {"red", 3},
                                                                                {"nir", 4},
                                                                                {"nir2", 5},
                                                                                {"swir1", 6},
                                                                                {"swir2", 7}}));
  EXPECT_EQ(of_names({"B4", "B5", "B8"}), (Found{{"red", 1}, {"rededge1", 2}, {"nir", 3}}));
  EXPECT_EQ(of_names({"B4, central wavelength 665 nm", "B8, central wavelength 842 nm"}),
            (Found{{"red", 1}, {"nir", 2}}));
  EXPECT_EQ(of_names({"b08", "b04"}), (Found{{"nir", 1}, {"red", 2}}));
}

TEST(Roles, Landsat) {
  EXPECT_EQ(of_names({"SR_B4", "SR_B5"}), (Found{{"red", 1}, {"nir", 2}}));
  EXPECT_EQ(of_names({"SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"}),
            (Found{{"blue", 1}, {"green", 2}, {"red", 3}, {"nir", 4}, {"swir1", 5}, {"swir2", 6}}));
  EXPECT_EQ(of_names({"SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B7"}),
            (Found{{"blue", 1}, {"green", 2}, {"red", 3}, {"nir", 4}, {"swir1", 5}, {"swir2", 6}}));
  EXPECT_EQ(of_names({"SR_B3", "SR_B4", "ST_B6"}), (Found{{"red", 1}, {"nir", 2}}));
}

TEST(Roles, NeverGuesses) {
  EXPECT_EQ(of_names({"SR_B4", "SR_B5", "SR_B7"}), Found{});  // old or new Landsat
  EXPECT_EQ(of_names({"B2", "B3", "B4", "B5"}), Found{});     // Landsat 8's or Sentinel-2's B5
  EXPECT_EQ(of_names({"B4", "B5", "B8", "B10"}), Found{});    // Landsat 8, B8 panchromatic
  EXPECT_EQ(of_names({"B02", "B03", "B04", "B05"}),           // harmonised: B05 can be both
            (Found{{"blue", 1}, {"green", 2}, {"red", 3}}));
  EXPECT_EQ(of_names({"red", "nir", "nir"}), (Found{{"red", 1}}));  // two of a kind
}

TEST(Roles, TheBetterNameWins) {
  EXPECT_EQ(of_names({"nir08", "nir", "red"}), (Found{{"nir", 2}, {"nir2", 1}, {"red", 3}}));
  EXPECT_EQ(of_names({"infrared", "nir"}), (Found{{"nir", 2}}));
}

}  // namespace
}  // namespace cogmill::expr
