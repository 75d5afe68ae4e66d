// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/warp_job.hpp"
#include "tests/unit/warp_oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace cogmill::kernels;
using namespace cogmill::testing;
using R = WarpResampling;

namespace {

constexpr std::int64_t kWidth = 300, kHeight = 70;  // more than one strip, more than one cell

/// Bent, turned, partly outside of a 211 x 97 image.
PixelPoint bent(double col, double row) {
  return {-9 + 0.83 * col + 3 * std::sin(row / 20) - 0.05 * row,
          -4 + 1.4 * row + 2 * std::cos(col / 30) + 0.03 * col};
}

void expect_same_window(const WarpImage& whole, const WarpImage& part, std::int64_t col,
                        std::int64_t row) {
  const auto size = static_cast<std::size_t>(size_bytes(whole.type));
  for (std::int64_t r = 0; r < part.height; ++r)
    for (std::int64_t c = 0; c < part.width; ++c) {
      const auto from = static_cast<std::size_t>((row + r) * whole.width + col + c);
      const auto to = static_cast<std::size_t>(r * part.width + c);
      ASSERT_EQ(whole.valid[from], part.valid[to]) << col + c << ' ' << row + r;
      ASSERT_EQ(std::memcmp(&whole.pixels[from * size], &part.pixels[to * size], size), 0)
          << col + c << ' ' << row + r;
    }
}

void expect_independent(const WarpKernel& kernel, const WarpImage& image, const CoordinateMap& map,
                        bool periodic = false) {
  const WarpImage whole = warp_whole(kernel, image, map, kWidth, kHeight, periodic);
  for (const auto& [w, h] : {std::pair{64, 64}, {37, 13}, {300, 1}, {1, 70}})
    for (std::int64_t row = 0; row < kHeight; row += h)
      for (std::int64_t col = 0; col < kWidth; col += w) {
        const WarpImage part =
            warp_window(kernel, image, map, col, row, std::min<std::int64_t>(w, kWidth - col),
                        std::min<std::int64_t>(h, kHeight - row), periodic);
        expect_same_window(whole, part, col, row);
      }
}

}  // namespace

class WarpBlocks : public ::testing::TestWithParam<R> {};
INSTANTIATE_TEST_SUITE_P(Kernels, WarpBlocks, ::testing::ValuesIn(kAllKernels),
                         [](const auto& at) { return std::string(name_of(at.param)); });

TEST_P(WarpBlocks, OutputDoesNotDependOnThem) {
  for (const DataType type : {DataType::kUInt16, DataType::kFloat32})
    for (const bool holes : {false, true})
      for (const double scale : {1.2, 0.4}) {
        const WarpKernel kernel = {GetParam(), scale, scale};
        const WarpImage image = random_image(type, 211, 97, holes);
        expect_independent(kernel, image, patch_map(bent, anchor_of(kernel), kWidth, kHeight));
      }
}

TEST_P(WarpBlocks, ExactMapsToo) {
  const WarpKernel kernel = {GetParam(), 0.9, 0.9};
  expect_independent(kernel, random_image(DataType::kInt32, 211, 97, true),
                     exact_map(bent, anchor_of(kernel), kWidth, kHeight));
}

TEST_P(WarpBlocks, PeriodicColumnsGoOn) {
  // Once round the globe and a bit more, with the seam inside: the same as an image unrolled.
  for (const double scale : {2.0, 0.45}) {
    const WarpKernel kernel = {GetParam(), scale, scale};
    const WarpImage image = random_image(DataType::kUInt16, 89, 97, true);
    const Affine at = {-20.3, 0.4, 0, 3, 0, 1.3};
    const CoordinateMap map = patch_map(at, anchor_of(kernel), kWidth, kHeight);
    expect_independent(kernel, image, map, true);
    const WarpImage round = warp_whole(kernel, image, map, kWidth, kHeight, true);
    const std::int64_t reach = 89;
    const WarpImage unrolled = image.crop(-reach, 0, 89 + 2 * reach, 97);
    Affine moved = at;
    moved.a += static_cast<double>(reach);
    const WarpImage flat = warp_whole(
        kernel, unrolled, patch_map(moved, anchor_of(kernel), kWidth, kHeight), kWidth, kHeight);
    EXPECT_EQ(round.valid, flat.valid);
    for (std::int64_t i = 0; i < kWidth * kHeight; ++i) {
      const std::int64_t c = i % kWidth, r = i / kWidth;
      if (!round.is_valid(c, r)) continue;
      ASSERT_NEAR(round.value(c, r), flat.value(c, r), 1) << c << ' ' << r;
    }
  }
}

TEST_P(WarpBlocks, MasksWithoutHolesChangeNothing) {
  for (const DataType type : {DataType::kUInt8, DataType::kInt16, DataType::kFloat64})
    for (const double scale : {1.0, 0.4}) {
      const WarpKernel kernel = {GetParam(), scale, scale};
      WarpImage image = random_image(type, 211, 97);
      const CoordinateMap map = patch_map(bent, anchor_of(kernel), kWidth, kHeight);
      const WarpImage plain = warp_whole(kernel, image, map, kWidth, kHeight);
      image.valid.assign(211 * 97, 1);  // any value but 0 is valid
      const WarpImage masked = warp_whole(kernel, image, map, kWidth, kHeight);
      expect_same_window(plain, masked, 0, 0);
      image.density.assign(211 * 97, 1.0F);
      expect_same_window(plain, warp_whole(kernel, image, map, kWidth, kHeight), 0, 0);
      image.valid[211 * 50 + 100] = 0;  // one hole far from the first pixels
      const WarpImage holed = warp_whole(kernel, image, map, kWidth, kHeight);
      std::int64_t differ = 0;
      for (std::int64_t i = 0; i < kWidth * kHeight; ++i)
        if (plain.is_valid(i % kWidth, i / kWidth))
          differ += !holed.is_valid(i % kWidth, i / kWidth) ||
                    plain.value(i % kWidth, i / kWidth) != holed.value(i % kWidth, i / kWidth);
      EXPECT_LT(differ, 600);
      expect_same_window(plain, warp_window(kernel, image, map, 0, 0, 200, 20), 0, 0);
    }
}

TEST_P(WarpBlocks, InstructionSetsAgree) {
  if (best_instruction_set() == InstructionSet::kBaseline) GTEST_SKIP() << "only the baseline here";
  for (const DataType type : kRealTypes)
    for (const double scale : {1.0, 0.4}) {
      const WarpKernel kernel = {GetParam(), scale, scale};
      WarpImage image = random_image(type, 211, 97, type != DataType::kUInt8);
      const CoordinateMap map = patch_map(bent, anchor_of(kernel), kWidth, kHeight);
      WarpImage out[2];
      for (const int k : {0, 1}) {
        out[k] = WarpImage(type, kWidth, kHeight);
        out[k].valid.resize(kWidth * kHeight);
        WarpBand band;
        band.source = image.plane();
        band.source_valid = std::as_const(image).mask();
        band.target = out[k].plane();
        band.target_valid = out[k].mask();
        warp::warp_block_on(k == 0 ? InstructionSet::kBaseline : InstructionSet::kAvx2, kernel,
                            {211, 97, 0, 0, false}, map, 0, 0, {&band, 1});
      }
      EXPECT_EQ(out[0].pixels, out[1].pixels) << name_of(type);
      EXPECT_EQ(out[0].valid, out[1].valid) << name_of(type);
    }
}

TEST_P(WarpBlocks, BandsAreIndependent) {
  const WarpKernel kernel = {GetParam(), 1.2, 1.2};
  const CoordinateMap map = patch_map(bent, anchor_of(kernel), kWidth, kHeight);
  std::vector<WarpImage> images, outs;
  for (const auto& [type, holes] : {std::pair{DataType::kUInt16, true},
                                    {DataType::kUInt16, false},
                                    {DataType::kUInt16, true},
                                    {DataType::kFloat32, true},
                                    {DataType::kUInt8, false}}) {
    images.push_back(random_image(type, 211, 97, holes));
    outs.push_back(WarpImage(type, kWidth, kHeight));
    std::fill(outs.back().pixels.begin(), outs.back().pixels.end(), std::byte{0x11});
    outs.back().valid.resize(kWidth * kHeight);
  }
  images[2].valid[5000] = 0;  // another mask than the first band's
  std::vector<WarpBand> bands(images.size());
  for (std::size_t i = 0; i < bands.size(); ++i) {
    bands[i].source = images[i].plane();
    bands[i].source_valid = std::as_const(images[i]).mask();
    bands[i].target = outs[i].plane();
    bands[i].target_valid = outs[i].mask();
  }
  warp_block(kernel, {211, 97, 0, 0, false}, map, 0, 0, bands);
  for (std::size_t i = 0; i < bands.size(); ++i)
    expect_same_window(outs[i], warp_whole(kernel, images[i], map, kWidth, kHeight), 0, 0);
}
