// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0

// The functors that the GPU runs, looped over on the host: bit for bit what warp_block gives.
#include "kernels/warp/pixel_filter.hpp"
#include "kernels/warp/pixel_groups.hpp"
#include "kernels/warp/pixel_nearest.hpp"
#include "kernels/warp/pixel_pick.hpp"
#include "kernels/warp/pixel_point.hpp"
#include "kernels/warp/pixel_sum.hpp"
#include "tests/unit/warp_cases.hpp"
#include "tests/unit/warp_image.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::kernels::warp {
namespace {

using testing::CaseLimits;
using testing::WarpCase;
using R = WarpResampling;

/// @param call of one pixel, with its place and the last leaf
template <class Call>
void for_each_pixel(const PixelJob& job, const Call& call) {
  for (std::int64_t row = 0; row < job.height; ++row) {
    MapLeaf leaf;
    for (std::int64_t col = 0; col < job.width; ++col) call(PixelAt{col, row}, leaf);
  }
}

struct Loop {
  template <class Pixel>
  void operator()(const Pixel& pixel) const {
    for_each_pixel(pixel.pixel_job(), pixel);
  }
  template <class T>
  void operator()(const FilterPixel<T>& pixel) const {
    std::vector<double> x(static_cast<std::size_t>(pixel.across.most())),
        y(static_cast<std::size_t>(pixel.down.most()));
    FilterWeights weights = {x.data(), y.data()};
    for_each_pixel(pixel.job, [&](PixelAt at, MapLeaf& leaf) { pixel(at, leaf, weights); });
  }
};

void run(const WarpKernel& kernel, const PixelGroup& group) {
  const R r = kernel.resampling;
  if (r == R::kNearest)
    visit_nearest_pixel(group.job, group.source, Loop{});
  else if (takes_few_samples(kernel))
    visit_point_pixel(group.job, group.source, Loop{});
  else if (!takes_boxes(r))
    visit_filter_pixel(group.job, group.source, Loop{});
  else if (r == R::kSum)
    visit_sum_pixel(group.job, group.source, Loop{});
  else if (r == R::kAverage || r == R::kRms)
    visit_mean_pixel(group.job, group.source, Loop{});
  else
    visit_pick_pixel(group.job, group.source, Loop{});
}

void warp_by_pixels(WarpCase& c) {
  const auto bands = c.warp_bands();
  const Job job = job_of(c.kernel, c.geometry, nullptr, c.col, c.row, bands);
  if (job.is_empty()) return warp_block(c.kernel, c.geometry, c.map, c.col, c.row, bands);
  for (const PixelGroup& group : pixel_groups(job, view_of(c.map))) run(c.kernel, group);
}

std::int64_t valid_pixels(WarpCase& c) {
  std::int64_t count = 0;
  for (auto& band : c.bands)
    for (const std::byte v : band.target_valid.bytes) count += v == std::byte{255};
  return count;
}

void expect_same(R resampling, unsigned cases, const CaseLimits& limits) {
  std::int64_t seen = 0;
  for (unsigned seed = 0; seed < cases; ++seed) {
    WarpCase expected = testing::random_case(resampling, seed, limits), actual = expected;
    const auto bands = expected.warp_bands();
    warp_block(expected.kernel, expected.geometry, expected.map, expected.col, expected.row, bands);
    warp_by_pixels(actual);
    seen += valid_pixels(expected);
    ASSERT_EQ(testing::difference(actual, expected), "") << expected.name;
  }
  EXPECT_GT(seen, cases * 200);  // the cases are about something
}

}  // namespace

TEST(WarpPixels, Nearest) { expect_same(R::kNearest, 120, {.complex = true}); }
TEST(WarpPixels, Bilinear) { expect_same(R::kBilinear, 120, {.least_scale = 0.75}); }
TEST(WarpPixels, Cubic) { expect_same(R::kCubic, 120, {.least_scale = 0.75}); }

class WarpPixelsOf : public ::testing::TestWithParam<R> {};
INSTANTIATE_TEST_SUITE_P(Kernels, WarpPixelsOf, ::testing::ValuesIn(testing::kAllKernels),
                         [](const auto& at) { return std::string(name_of(at.param)); });

TEST_P(WarpPixelsOf, AnyScale) { expect_same(GetParam(), 60, {.complex = true}); }
TEST_P(WarpPixelsOf, CoarserOutput) {
  expect_same(GetParam(), 30, {.least_scale = 0.06, .most_scale = 0.4, .most_pixels = 60});
}

TEST(WarpPixels, ManyBands) {
  expect_same(R::kBilinear, 20, {.least_scale = 0.75, .most_pixels = 50, .most_bands = 70});
}

TEST(WarpPixels, ThereIsAnEndToMasks) {
  WarpKernel kernel = {R::kBilinear, 1, 1, CentreRule::kAnyBand};
  const DataType real[] = {DataType::kUInt8}, complex[] = {DataType::kCFloat32};
  EXPECT_TRUE(has_pixel_functor(kernel, real, kMostMasks));
  EXPECT_FALSE(has_pixel_functor(kernel, real, kMostMasks + 1));
  EXPECT_FALSE(has_pixel_functor(kernel, complex, 1));
  kernel.centre = CentreRule::kBand;
  EXPECT_TRUE(has_pixel_functor(kernel, real, kMostMasks + 1));
  kernel.resampling = R::kNearest;
  EXPECT_TRUE(has_pixel_functor(kernel, complex, 1));
}

}  // namespace cogmill::kernels::warp
