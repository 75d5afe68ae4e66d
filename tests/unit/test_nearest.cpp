// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/nearest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cogmill::report {
namespace {

const std::vector<std::string> kNames = {"DEFLATE", "ZSTD", "LZW", "NONE"};

TEST(Nearest, FindsEachKindOfSlip) {
  EXPECT_EQ(nearest("DEFLAT", kNames), "DEFLATE");    // letter missing
  EXPECT_EQ(nearest("DEFLLATE", kNames), "DEFLATE");  // letter too many
  EXPECT_EQ(nearest("DEFLETE", kNames), "DEFLATE");   // letter replaced
  EXPECT_EQ(nearest("ZSDT", kNames), "ZSTD");         // letters swapped
  EXPECT_EQ(nearest("deflate", kNames), "DEFLATE");   // case
}

TEST(Nearest, FindsNothingInWordsThatAreNotLikeIt) {
  EXPECT_EQ(nearest("JPEG2000", kNames), std::nullopt);
  EXPECT_EQ(nearest("", kNames), std::nullopt);
  EXPECT_EQ(nearest("x", std::vector<std::string>{"y"}), std::nullopt);
  EXPECT_EQ(nearest(std::string(100000, 'x'), kNames), std::nullopt);
  EXPECT_EQ(nearest("ZSTD", {}), std::nullopt);
}

TEST(Nearest, TakesTheClosestAndOfEqualsTheFirst) {
  const std::vector<std::string> names = {"swir1", "swir2", "swir"};
  EXPECT_EQ(nearest("swir3", names), "swir1");
  EXPECT_EQ(nearest("swir2", names), "swir2");
}

TEST(Nearest, MakesTheTailOfAMessage) {
  EXPECT_EQ(did_you_mean("zstf", kNames), "; did you mean 'ZSTD'?");
  EXPECT_EQ(did_you_mean("quantum", kNames), "");
}

}  // namespace
}  // namespace cogmill::report
