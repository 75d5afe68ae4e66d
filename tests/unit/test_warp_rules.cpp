// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/nodata_test.hpp"
#include "kernels/warp/warp_store.hpp"
#include "kernels/warp/warp_weights.hpp"
#include "tests/unit/warp_image.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace cogmill::kernels;
using namespace cogmill::testing;
using R = WarpResampling;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A row of pixels, as high as needed.
WarpImage stripes(DataType type, const std::vector<double>& values, std::int64_t height = 1) {
  WarpImage image(type, static_cast<std::int64_t>(values.size()), height);
  for (std::int64_t r = 0; r < height; ++r)
    for (std::int64_t c = 0; c < image.width; ++c)
      image.set(c, r, values[static_cast<std::size_t>(c)]);
  return image;
}

/// One output pixel whose centre is at (x, y).
WarpImage at(const WarpKernel& kernel, const WarpImage& image, double x, double y = 0.5,
             bool periodic = false) {
  const auto map = exact_map(
      [&](double, double) {
        return PixelPoint{x, y};
      },
      CoordinateMap::Anchor::kCentres, 1, 1);
  return warp_whole(kernel, image, map, 1, 1, periodic);
}
double value_at(const WarpKernel& kernel, const WarpImage& image, double x, double y = 0.5) {
  const WarpImage out = at(kernel, image, x, y);
  return out.is_valid(0, 0) ? out.value(0, 0) : kNaN;
}
bool has(const WarpImage& out) { return out.valid[0] == 255; }

}  // namespace

TEST(WarpRules, Names) {
  for (const R r : kAllKernels) EXPECT_EQ(warp_resampling_from_name(name_of(r)), r);
  EXPECT_EQ(warp_resampling_from_name("Nearest"), R::kNearest);
  EXPECT_EQ(warp_resampling_from_name("CubicSpline"), R::kCubicSpline);
  EXPECT_FALSE(warp_resampling_from_name("gauss"));
}

TEST(WarpRules, WeightsSumToOne) {
  for (double f = 0; f < 1; f += 0.0625) {
    double w[4];
    warp::cubic_weights(f, w);
    EXPECT_NEAR(w[0] + w[1] + w[2] + w[3], 1, 1e-15);
    double spline = 0;
    for (int k = -1; k <= 2; ++k) {
      EXPECT_NEAR(w[k + 1], warp::cubic_weight(k - f), 1e-15);
      spline += warp::spline_weight(k - f);
    }
    EXPECT_NEAR(spline, 6, 1e-14);
  }
  EXPECT_EQ(warp::triangle_weight(0.25), 0.75);
  EXPECT_EQ(warp::cubic_weight(0.5), 0.5625);
  EXPECT_EQ(warp::cubic_weight(1.5), -0.0625);
  EXPECT_EQ(warp::lanczos_weight(0), 1);
  EXPECT_NEAR(warp::lanczos_weight(1.5), -0.13509491, 1e-7);
  EXPECT_NEAR(warp::lanczos_weight(1), 0, 1e-16);
}

TEST(WarpRules, Rounding) {
  EXPECT_EQ(warp::to_pixel<std::int16_t>(-2.5), -2);
  EXPECT_EQ(warp::to_pixel<std::int16_t>(-2.6F), -3);
  EXPECT_EQ(warp::to_pixel<std::int32_t>(-2.5), -2);
  EXPECT_EQ(warp::to_pixel<std::int64_t>(-2.5), -2);
  EXPECT_EQ(warp::to_pixel<std::uint8_t>(2.5F), 3);
  EXPECT_EQ(warp::to_pixel<std::uint8_t>(-0.7F), 0);
  EXPECT_EQ(warp::to_pixel<std::uint8_t>(255.9F), 255);
  EXPECT_EQ(warp::to_pixel<std::int8_t>(-200.0F), -128);
  EXPECT_EQ(warp::to_pixel<std::uint16_t>(1e30F), 65535);
  EXPECT_EQ(warp::to_pixel<std::uint32_t>(4294967295.7), 4294967295U);
  EXPECT_EQ(warp::to_pixel<std::uint64_t>(1e300), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(warp::to_pixel<std::int64_t>(-1e300), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(warp::to_pixel<std::uint64_t>(9007199254740993.0), 9007199254740992U);
  EXPECT_EQ(warp::to_pixel<std::int16_t>(kNaN), 0);
  EXPECT_EQ(warp::to_pixel<std::uint32_t>(kNaN), 0U);
}

TEST(WarpRules, NearestTakesThePixelUnderTheCentre) {
  const WarpImage image = stripes(DataType::kInt16, {10, 20, 30});
  const WarpKernel near = {R::kNearest, 1, 1};
  EXPECT_EQ(value_at(near, image, 0), 10);
  EXPECT_EQ(value_at(near, image, 0.999999), 10);
  EXPECT_EQ(value_at(near, image, 1), 20);
  EXPECT_EQ(value_at(near, image, 1 - 1e-11), 20);  // GDAL's tolerance
  EXPECT_EQ(value_at(near, image, 2.999), 30);
  EXPECT_EQ(value_at(near, image, 3 - 2e-10), 30);
}

TEST(WarpRules, ThereIsNothingBeyondTheImage) {
  const WarpImage image = stripes(DataType::kFloat32, {10, 20, 30});
  for (const R r : kAllKernels) {
    if (takes_boxes(r)) continue;
    const WarpKernel kernel = {r, 1, 1};
    for (const double x :
         {-1e-5, -0.5, 3.00001, 3.1, kNaN, kInfinity, -kInfinity, 1e300, -1e300, 1e10})
      for (const bool periodic : {false}) {
        EXPECT_FALSE(has(at(kernel, image, x, 0.5, periodic))) << name_of(r) << ' ' << x;
        EXPECT_FALSE(has(at(kernel, image, 0.5, x, periodic))) << name_of(r) << ' ' << x;
      }
    EXPECT_TRUE(has(at(kernel, image, 0))) << name_of(r);
  }
}

/// Images that share an edge leave no gap, wherever rounding puts a position beside it.
TEST(WarpRules, TheEdgeBelongsToTheImage) {
  const WarpImage image = stripes(DataType::kFloat32, {10, 20, 30}, 3);
  for (const R r : kAllKernels) {
    if (takes_boxes(r)) continue;
    for (const double beside : {0.0, 1e-12, -1e-12, 1e-9, -1e-9, 9e-7, -9e-7}) {
      const WarpKernel kernel = {r, 1, 1};
      EXPECT_NEAR(value_at(kernel, image, beside, 1.5), 10, 3) << name_of(r) << ' ' << beside;
      EXPECT_NEAR(value_at(kernel, image, 3 + beside, 1.5), 30, 3) << name_of(r) << ' ' << beside;
      EXPECT_EQ(value_at(kernel, image, 1.5, beside), 20) << name_of(r) << ' ' << beside;
      EXPECT_EQ(value_at(kernel, image, 1.5, 3 + beside), 20) << name_of(r) << ' ' << beside;
    }
  }
}

TEST(WarpRules, PeriodicPositionsToo) {
  const WarpImage image = small_values(DataType::kFloat32, 20, 20);
  for (const R r : kAllKernels) {
    if (takes_boxes(r)) continue;
    const WarpKernel kernel = {r, 1, 1};
    for (const double x : {kNaN, kInfinity, -kInfinity, 1e300, -1e300, 1e10, 45.0}) {
      WarpImage out(DataType::kFloat32, 1, 1);
      out.valid = {7};
      WarpBand band;
      band.source = image.plane();
      band.target = out.plane();
      band.target_valid = out.mask();
      const auto map = exact_map(
          [&](double, double) {
            return PixelPoint{x, 3};
          },
          CoordinateMap::Anchor::kCentres, 1, 1);
      warp_block(kernel, {20, 20, 0, 0, true}, map, 0, 0, {&band, 1});
      EXPECT_EQ(out.valid[0], 0) << name_of(r) << ' ' << x;
    }
  }
  // -1e-20 + 20 is 20: the first column again.
  EXPECT_EQ(at({R::kNearest, 1, 1}, image, -1e-20, 0.5, true).value(0, 0), image.value(0, 0));
  EXPECT_EQ(at({R::kNearest, 1, 1}, image, -0.5, 0.5, true).value(0, 0), image.value(19, 0));
  EXPECT_EQ(at({R::kBilinear, 1, 1}, image, 0, 0.5, true).value(0, 0),
            (image.value(0, 0) + image.value(19, 0)) / 2);
}

TEST(WarpRules, BilinearDropsWhatIsNotThere) {
  const WarpKernel bilinear = {R::kBilinear, 1, 1};
  WarpImage image = stripes(DataType::kFloat64, {10, 20, 40}, 3);
  EXPECT_EQ(value_at(bilinear, image, 1, 1.5), 15);
  EXPECT_EQ(value_at(bilinear, image, 1.25, 1.75), 17.5);
  EXPECT_EQ(value_at(bilinear, image, 0.25, 1.5), 10);  // left of the first centre
  EXPECT_EQ(value_at(bilinear, image, 2.75, 0.25), 40);
  image.valid.assign(9, 1);
  image.valid[4] = 0;
  image.set(1, 1, kNaN);  // an invalid pixel's value is nobody's
  EXPECT_TRUE(std::isnan(value_at(bilinear, image, 1.5, 1.5)));  // the centre itself
  EXPECT_EQ(value_at(bilinear, image, 0.75, 1.5), 10);           // its neighbour alone
  EXPECT_DOUBLE_EQ(value_at(bilinear, image, 0.75, 0.75),
                   (10 * 0.75 * 0.75 + 20 * 0.25 * 0.75 + 10 * 0.75 * 0.25) / (1 - 0.0625));
}

TEST(WarpRules, CubicFallsBackToBilinear) {
  const WarpKernel cubic = {R::kCubic, 1, 1}, bilinear = {R::kBilinear, 1, 1};
  WarpImage image = stripes(DataType::kFloat64, {0, 0, 10, 10, 0, 0}, 6);
  EXPECT_DOUBLE_EQ(value_at(cubic, image, 3, 3), 11.25);  // overshoots
  EXPECT_EQ(value_at(cubic, image, 1, 3), 0);             // no sample left of the first
  EXPECT_EQ(value_at(cubic, image, 3, 1), 10);            // none above the first row
  image.valid.assign(36, 1);
  image.valid[6 + 1] = 0;  // a corner of the 16
  EXPECT_EQ(value_at(cubic, image, 3, 3), value_at(bilinear, image, 3, 3));
  EXPECT_EQ(value_at(cubic, image, 3, 3), 10);
}

TEST(WarpRules, LanczosAsksForHalfOfItsSamples) {
  const WarpKernel lanczos = {R::kLanczos, 1, 1};
  WarpImage image = stripes(DataType::kFloat64, std::vector<double>(13, 5), 13);
  image.valid.assign(169, 0);
  // The 36 samples of (6.25, 6.25) are columns and rows 3 .. 8; the centre is (6, 6).
  for (std::int64_t i = 0; i < 18; ++i)
    image.valid[static_cast<std::size_t>((4 + i / 6) * 13 + 3 + i % 6)] = 1;
  EXPECT_EQ(value_at(lanczos, image, 6.25, 6.25), 5);
  image.valid[4 * 13 + 3] = 0;
  EXPECT_TRUE(std::isnan(value_at(lanczos, image, 6.25, 6.25)));
}

TEST(WarpRules, IntegersSaturate) {
  const WarpKernel cubic = {R::kCubic, 1, 1};
  EXPECT_EQ(value_at(cubic, stripes(DataType::kUInt8, {0, 0, 255, 255, 0, 0}, 6), 3, 3), 255);
  EXPECT_EQ(value_at(cubic, stripes(DataType::kUInt8, {255, 255, 0, 0, 255, 255}, 6), 3, 3), 0);
}

TEST(WarpRules, WiderTargetsHoldTheUnroundedResult) {
  const WarpImage image = stripes(DataType::kUInt8, {0, 0, 255, 254, 0, 0}, 6);
  for (const auto& [r, expected] :
       {std::pair{R::kNearest, 254.0}, {R::kBilinear, 254.5}, {R::kCubic, 286.3125}}) {
    WarpImage out(DataType::kFloat64, 1, 1);
    out.valid = {0};
    WarpBand band;
    band.source = image.plane();
    band.target = out.plane();
    band.target_valid = out.mask();
    const auto map = exact_map(
        [](double, double) {
          return PixelPoint{3, 3};
        },
        CoordinateMap::Anchor::kCentres, 1, 1);
    warp_block({r, 1, 1}, {6, 6, 0, 0, false}, map, 0, 0, {&band, 1});
    EXPECT_EQ(out.valid[0], 255);
    EXPECT_NEAR(out.value(0, 0), expected, 1e-4) << name_of(r);
  }
}

TEST(WarpRules, CentreRules) {
  WarpImage first = stripes(DataType::kFloat64, {10, 20, 30}, 3), second = first;
  first.valid.assign(9, 1);
  second.valid.assign(9, 1);
  first.valid[4] = second.valid[3] = 0;
  // Band 1 has a hole under the centre (1.25, 1.5); at (0.75, 1.5) band 2 has.
  const auto run = [&](CentreRule rule, double x) {
    std::vector<WarpImage> out(2, WarpImage(DataType::kFloat64, 1, 1));
    std::vector<WarpBand> bands(2);
    const WarpImage* sources[] = {&first, &second};
    for (const std::size_t i : {0U, 1U}) {
      out[i].valid = {0};
      bands[i].source = sources[i]->plane();
      bands[i].source_valid = sources[i]->mask();
      bands[i].target = out[i].plane();
      bands[i].target_valid = out[i].mask();
    }
    const auto map = exact_map(
        [&](double, double) {
          return PixelPoint{x, 1.5};
        },
        CoordinateMap::Anchor::kCentres, 1, 1);
    warp_block({R::kBilinear, 1, 1, rule}, {3, 3, 0, 0, false}, map, 0, 0, bands);
    return std::pair{has(out[0]) ? out[0].value(0, 0) : kNaN,
                     has(out[1]) ? out[1].value(0, 0) : kNaN};
  };
  EXPECT_TRUE(std::isnan(run(CentreRule::kBand, 1.25).first));
  EXPECT_EQ(run(CentreRule::kBand, 1.25).second, 20);
  EXPECT_EQ(run(CentreRule::kAnyBand, 1.25).first, 10);
  EXPECT_EQ(run(CentreRule::kNone, 1.25).first, 10);
  second.valid[4] = 0;
  EXPECT_TRUE(std::isnan(run(CentreRule::kAnyBand, 1.25).first));
  EXPECT_EQ(run(CentreRule::kNone, 1.25).first, 10);
}

TEST(WarpRules, BadArguments) {
  const WarpImage image = stripes(DataType::kUInt8, {1, 2, 3});
  EXPECT_THROW(at({R::kBilinear, 0, 1}, image, 1), std::invalid_argument);
  EXPECT_THROW(at({R::kBilinear, 1, kNaN}, image, 1), std::invalid_argument);
}

TEST(WarpRules, EmptyBlocks) {
  for (const R r : kAllKernels) {
    WarpImage out(DataType::kUInt8, 3, 2);
    out.valid.assign(6, 9);
    WarpBand band;
    band.source = {nullptr, DataType::kUInt8, 0, 0, 0};
    band.target = out.plane();
    band.target_valid = out.mask();
    const auto map = patch_map(Affine{}, anchor_of({r, 1, 1}), 3, 2);
    warp_block({r, 1, 1}, {10, 10, 0, 0, false}, map, 0, 0, {&band, 1});
    EXPECT_EQ(out.valid, std::vector<std::uint8_t>(6, 0)) << name_of(r);
  }
}

TEST(WarpRules, NodataIsFinished) {
  WarpImage image = stripes(DataType::kInt16, {5, 0, -5, 0, 7});
  image.valid = {255, 0, 255, 255, 0};
  EXPECT_EQ(finish_nodata(image.plane(), std::as_const(image).mask(), Nodata(0.0)), 1);
  const std::vector<double> expected = {5, 0, -5, -1, 0};
  for (std::int64_t c = 0; c < 5; ++c)
    EXPECT_EQ(image.value(c, 0), expected[static_cast<std::size_t>(c)]);
  WarpImage bytes = stripes(DataType::kUInt8, {0, 9});
  bytes.valid = {255, 0};
  EXPECT_EQ(finish_nodata(bytes.plane(), std::as_const(bytes).mask(), Nodata(0.0)), 1);
  EXPECT_EQ(bytes.value(0, 0), 1);  // the type's minimum goes up
  EXPECT_EQ(finish_nodata(bytes.plane(), std::as_const(bytes).mask(), std::nullopt), 0);
  EXPECT_EQ(bytes.value(1, 0), 0);
}

TEST(WarpRules, NodataOfFloats) {
  constexpr float largest = std::numeric_limits<float>::max();
  constexpr float epsilon = std::numeric_limits<float>::epsilon();
  // As near as a value can come that does not match: four epsilon, or half a percent of the
  // largest.
  for (const auto& [nodata, moved] : {std::pair{1.0F, 1 + 5 * epsilon},
                                      {-9999.0F, -9999 * (1 - 5 * epsilon)},
                                      {largest, 0.994F * largest}}) {
    WarpImage image = stripes(DataType::kFloat32, {nodata, 3});
    image.valid = {255, 0};
    const Nodata value(static_cast<double>(nodata));
    EXPECT_EQ(finish_nodata(image.plane(), std::as_const(image).mask(), value), 1);
    EXPECT_NEAR(image.value(0, 0), moved, 1.1e-3 * std::abs(moved));
    EXPECT_FALSE(NodataTest<float>::around(nodata).matches(static_cast<float>(image.value(0, 0))));
    EXPECT_EQ(image.value(1, 0), nodata);
  }
  WarpImage image = stripes(DataType::kFloat32, {kNaN, 3});
  image.valid = {255, 0};
  EXPECT_EQ(finish_nodata(image.plane(), std::as_const(image).mask(), Nodata(kNaN)), 0);
  EXPECT_TRUE(std::isnan(image.value(1, 0)));
}

TEST(WarpRules, NodataIsInvalid) {
  WarpImage image = stripes(DataType::kFloat32, {1, -9999, kNaN, 4});
  image.valid = {255, 255, 255, 0};
  invalidate_nodata(std::as_const(image).plane(), Nodata(-9999.0), image.mask());
  EXPECT_EQ(image.valid, (std::vector<std::uint8_t>{255, 0, 0, 0})) << "NaN never is data";
  image.valid = {255, 0, 255, 0};
  invalidate_nodata(std::as_const(image).plane(), Nodata(kNaN), image.mask());
  EXPECT_EQ(image.valid, (std::vector<std::uint8_t>{255, 0, 0, 0}));
  WarpImage bytes = stripes(DataType::kUInt8, {1, 2});
  bytes.valid = {255, 255};
  invalidate_nodata(std::as_const(bytes).plane(), Nodata(-9999.0), bytes.mask());
  EXPECT_EQ(bytes.valid, (std::vector<std::uint8_t>{255, 255}));
}
