// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/tile_pack.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace cogmill::tests {
namespace {

using kernels::ConstPlane;
using kernels::DataType;
using kernels::Plane;
using Bytes = std::vector<std::byte>;

/// One type of every pixel size.
constexpr DataType kTypes[] = {DataType::kUInt8, DataType::kInt16, DataType::kFloat32,
                               DataType::kFloat64, DataType::kCFloat64};

/// Owns the pixels of several planes whose rows are longer than their width.
class Planes {
 public:
  Planes(DataType type, std::int64_t width, std::int64_t height, std::int64_t count, unsigned seed)
      : type_(type), width_(width), height_(height), stride_(width + 3) {
    std::mt19937 random(seed);
    for (std::int64_t i = 0; i < count; ++i) {
      auto& bytes =
          bytes_.emplace_back(static_cast<std::size_t>(stride_ * height * size_bytes(type)));
      for (auto& byte : bytes) byte = static_cast<std::byte>(random());
    }
  }
  Plane plane(std::int64_t i) {
    return {bytes_[static_cast<std::size_t>(i)].data(), type_, width_, height_, stride_};
  }
  std::vector<Plane> planes() {
    std::vector<Plane> all;
    for (std::size_t i = 0; i < bytes_.size(); ++i)
      all.push_back(plane(static_cast<std::int64_t>(i)));
    return all;
  }
  std::vector<ConstPlane> const_planes() {
    const auto all = planes();
    return {all.begin(), all.end()};
  }

 private:
  DataType type_;
  std::int64_t width_, height_, stride_;
  std::vector<Bytes> bytes_;
};

bool same_pixel(const std::byte* a, const std::byte* b, DataType type) {
  return std::equal(a, a + size_bytes(type), b);
}

struct Shape {
  std::int64_t width, height, tile_width, tile_height;
};
constexpr Shape kShapes[] = {{1, 1, 1, 1},    {1, 1, 16, 16},  {16, 16, 16, 16}, {7, 13, 16, 16},
                             {16, 1, 16, 32}, {1, 31, 48, 32}, {31, 32, 32, 32}, {101, 3, 128, 16}};

TEST(TilePack, GoesOnWithTheLastPixel) {
  for (const DataType type : kTypes)
    for (const Shape s : kShapes)
      for (std::int64_t n = 1; n <= 6; ++n) {
        Planes source(type, s.width, s.height, n, 1);
        const auto bytes = size_bytes(type);
        Bytes tile(static_cast<std::size_t>(s.tile_width * s.tile_height * n * bytes));
        pack_tile(source.const_planes(), s.tile_width, s.tile_height, tile);
        for (std::int64_t r = 0; r < s.tile_height; ++r)
          for (std::int64_t c = 0; c < s.tile_width; ++c)
            for (std::int64_t p = 0; p < n; ++p) {
              const bool below = r >= s.height;
              const auto* expected = source.plane(p).at(
                  below ? s.width - 1 : std::min(c, s.width - 1), std::min(r, s.height - 1));
              const auto* got = tile.data() + ((r * s.tile_width + c) * n + p) * bytes;
              ASSERT_TRUE(same_pixel(expected, got, type))
                  << name_of(type) << " plane " << p << " of " << n << " at " << c << "," << r;
            }
      }
}

TEST(TilePack, UnpacksAnyWindowAndAnySamples) {
  constexpr std::int64_t kWidth = 29, kHeight = 17;
  const std::vector<std::vector<int>> choices = {{0}, {1, 0}, {2, 2, 0}};
  for (const DataType type : kTypes)
    for (std::int64_t n = 1; n <= 6; ++n)
      for (const auto& samples : choices) {
        if (*std::max_element(samples.begin(), samples.end()) >= n) continue;
        Planes source(type, kWidth, kHeight, n, 2);
        Bytes tile(static_cast<std::size_t>(kWidth * kHeight * n * size_bytes(type)));
        pack_tile(source.const_planes(), kWidth, kHeight, tile);
        Planes target(type, 11, 5, static_cast<std::int64_t>(samples.size()), 3);
        unpack_tile(tile, kWidth, n, 18, 12, samples, target.planes());
        for (std::size_t p = 0; p < samples.size(); ++p)
          for (std::int64_t r = 0; r < 5; ++r)
            for (std::int64_t c = 0; c < 11; ++c)
              ASSERT_TRUE(same_pixel(source.plane(samples[p]).at(18 + c, 12 + r),
                                     target.plane(static_cast<std::int64_t>(p)).at(c, r), type))
                  << name_of(type) << " sample " << samples[p] << " of " << n;
      }
}

TEST(MaskBits, PacksMostSignificantBitFirst) {
  for (const std::int64_t width : {1, 7, 8, 9, 16, 37})
    for (const std::int64_t tile_width : {40, 48}) {
      Planes source(DataType::kUInt8, width, 5, 1, 4);
      const Plane mask = source.plane(0);
      for (std::int64_t r = 0; r < 5; ++r)
        for (std::int64_t c = 0; c < width; ++c)  // half of them 0, the others any value
          if (std::to_integer<int>(*mask.at(c, r)) % 2 != 0) *mask.at(c, r) = std::byte{0};
      const auto row_bytes = (tile_width + 7) / 8;
      Bytes bits(static_cast<std::size_t>(row_bytes * 8), std::byte{0xFF});
      pack_mask_bits(mask, tile_width, 8, bits);
      for (std::int64_t r = 0; r < 8; ++r)
        for (std::int64_t c = 0; c < row_bytes * 8; ++c) {
          const bool expected = r < 5 && c < width && *mask.at(c, r) != std::byte{0};
          const auto byte =
              std::to_integer<int>(bits[static_cast<std::size_t>(r * row_bytes + c / 8)]);
          ASSERT_EQ((byte >> (7 - c % 8) & 1) != 0, expected) << c << "," << r << " " << width;
        }
    }
}

TEST(MaskBits, RoundTripFromAnyPosition) {
  constexpr std::int64_t kWidth = 43, kHeight = 9;
  Planes source(DataType::kUInt8, kWidth, kHeight, 1, 5);
  const Plane mask = source.plane(0);
  for (std::int64_t r = 0; r < kHeight; ++r)
    for (std::int64_t c = 0; c < kWidth; ++c)
      *mask.at(c, r) = std::to_integer<int>(*mask.at(c, r)) < 128 ? std::byte{0} : std::byte{255};
  Bytes bits(6 * kHeight);
  pack_mask_bits(mask, kWidth, kHeight, bits);
  for (const std::int64_t col : {0, 1, 7, 8, 13, 16}) {
    Planes target(DataType::kUInt8, kWidth - col, kHeight - 2, 1, 6);
    unpack_mask_bits(bits, kWidth, col, 2, target.plane(0));
    for (std::int64_t r = 0; r < kHeight - 2; ++r)
      for (std::int64_t c = 0; c < kWidth - col; ++c)
        ASSERT_EQ(*target.plane(0).at(c, r), *mask.at(col + c, r + 2))
            << col << ": " << c << "," << r;
  }
}

TEST(Fill, MakesConstantPlanesThatOneByteSpoils) {
  const Bytes pixel = {std::byte{1}, std::byte{2},  std::byte{3},  std::byte{4},
                       std::byte{5}, std::byte{6},  std::byte{7},  std::byte{8},
                       std::byte{9}, std::byte{10}, std::byte{11}, std::byte{12},
                       std::byte{0}, std::byte{0},  std::byte{0},  std::byte{1}};
  for (const DataType type : kTypes)
    for (const Shape s : kShapes) {
      Planes owner(type, s.width, s.height, 1, 7);
      const Plane plane = owner.plane(0);
      EXPECT_FALSE(is_constant(plane, pixel.data()));
      fill(plane, pixel.data());
      ASSERT_TRUE(is_constant(plane, pixel.data())) << name_of(type);
      for (const auto& [c, r] :
           {std::pair{std::int64_t{0}, std::int64_t{0}}, std::pair{s.width - 1, s.height - 1},
            std::pair{s.width / 2, s.height / 2}}) {
        std::byte* last = plane.at(c, r) + size_bytes(type) - 1;
        *last ^= std::byte{1};
        ASSERT_FALSE(is_constant(plane, pixel.data())) << name_of(type) << " " << c << "," << r;
        *last ^= std::byte{1};
      }
    }
}

}  // namespace
}  // namespace cogmill::tests
