// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/band_nodata.hpp"
#include "src/report/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace cogmill::plan {
namespace {

using kernels::DataType;
using Values = std::vector<std::optional<double>>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

OutputImage image_of(DataType type, const Values& values) {
  OutputImage image;
  image.type = type;
  image.bands = static_cast<int>(values.size());
  for (const auto& value : values)
    image.nodata.push_back(value ? std::optional(kernels::Nodata(*value)) : std::nullopt);
  return image;
}

std::string message_of(const OutputImage& image) {
  try {
    static_cast<void>(one_nodata(image, "in.vrt"));
  } catch (const report::RuntimeError& e) {
    return e.what();
  }
  return "";
}

TEST(BandNodata, BandsThatAgree) {
  EXPECT_EQ(one_nodata(image_of(DataType::kInt16, {3, 3, 3}), ""), kernels::Nodata(3.0));
  EXPECT_EQ(one_nodata(image_of(DataType::kInt16, {{}, {}}), ""), std::nullopt);
}

TEST(BandNodata, ValuesThatNoPixelHasAreNoDifference) {
  EXPECT_EQ(one_nodata(image_of(DataType::kUInt8, {-1, {}}), ""), kernels::Nodata(-1.0));
  EXPECT_EQ(one_nodata(image_of(DataType::kInt16, {0.5, 70000}), ""), kernels::Nodata(0.5));
  EXPECT_NE(message_of(image_of(DataType::kUInt8, {-1, 9, 9})), "");
  EXPECT_NE(message_of(image_of(DataType::kUInt8, {300, 9, {}})), "");
}

TEST(BandNodata, NanGoesWithNone) {
  const auto value = one_nodata(image_of(DataType::kFloat32, {{}, kNan}), "");
  ASSERT_TRUE(value);
  EXPECT_TRUE(std::isnan(value->as_double()));
  EXPECT_NE(message_of(image_of(DataType::kFloat32, {kNan, -1})), "");
}

TEST(BandNodata, DifferentValuesAreShown) {
  const std::string text = message_of(image_of(DataType::kUInt8, {4, {}, {}, 7}));
  EXPECT_NE(text.find("band 1: 4, bands 2 to 3: none, band 4: 7"), std::string::npos) << text;
  EXPECT_NE(text.find("--dst-nodata VALUE"), std::string::npos) << text;
  EXPECT_NE(text.find("in.vrt"), std::string::npos) << text;
}

TEST(BandNodata, TheListEnds) {
  Values values;
  for (int i = 0; i < 400; ++i) values.push_back(i);
  const std::string text = message_of(image_of(DataType::kInt32, values));
  EXPECT_NE(text.find("band 6: 5, ..."), std::string::npos) << text;
  EXPECT_LT(text.size(), 400U);
}

TEST(BandNodata, AlphaHasNone) {
  OutputImage image = image_of(DataType::kUInt8, {{}, 4, 4});
  image.alpha = 0;
  EXPECT_EQ(one_nodata(image, ""), kernels::Nodata(4.0));
  image = image_of(DataType::kUInt8, {4, 4, 0});
  image.alpha = 2;
  EXPECT_EQ(one_nodata(image, ""), kernels::Nodata(4.0));
}

}  // namespace
}  // namespace cogmill::plan
