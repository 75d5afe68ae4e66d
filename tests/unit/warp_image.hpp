// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "kernels/warp/warp.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Images and maps for the tests of the warp.
namespace cogmill::testing {

/// One band with its validity.
struct WarpImage {
  kernels::DataType type = kernels::DataType::kUInt8;
  std::int64_t width = 0, height = 0;
  std::vector<std::byte> pixels;
  std::vector<std::uint8_t> valid;  ///< as many as pixels, or none
  std::vector<float> density;       ///< as many as pixels, or none

  WarpImage() = default;
  WarpImage(kernels::DataType t, std::int64_t w, std::int64_t h)
      : type(t),
        width(w),
        height(h),
        pixels(static_cast<std::size_t>(w * h * kernels::size_bytes(t))) {}

  kernels::Plane plane() { return {pixels.data(), type, width, height, width}; }
  kernels::ConstPlane plane() const { return {pixels.data(), type, width, height, width}; }
  kernels::Plane mask();
  kernels::ConstPlane mask() const;  ///< data == nullptr: none
  double value(std::int64_t col, std::int64_t row) const;
  void set(std::int64_t col, std::int64_t row, double value);
  bool is_valid(std::int64_t col, std::int64_t row) const {
    return valid.empty() || valid[static_cast<std::size_t>(row * width + col)] != 0;
  }
  WarpImage crop(std::int64_t col, std::int64_t row, std::int64_t w, std::int64_t h) const;
};

using Position = std::function<kernels::PixelPoint(double col, double row)>;

/// x = a + b col + c row, y = d + e col + f row, in pixel corners.
struct Affine {
  double a = 0, b = 1, c = 0, d = 0, e = 0, f = 1;
  kernels::PixelPoint operator()(double col, double row) const {
    return {a + b * col + c * row, d + e * col + f * row};
  }
};

/// Patches over [0, width) x [0, height), or exact positions.
kernels::CoordinateMap patch_map(const Position& at, kernels::CoordinateMap::Anchor anchor,
                                 std::int64_t width, std::int64_t height);
kernels::CoordinateMap exact_map(const Position& at, kernels::CoordinateMap::Anchor anchor,
                                 std::int64_t width, std::int64_t height);
kernels::CoordinateMap::Anchor anchor_of(const kernels::WarpKernel& kernel);

/// Random pixels: all bits of integers, floats within +-1000; with holes every 7th pixel or so.
WarpImage random_image(kernels::DataType type, std::int64_t width, std::int64_t height,
                       bool holes = false);
/// Integers of at most 8 bits in any type.
WarpImage small_values(kernels::DataType type, std::int64_t width, std::int64_t height,
                       bool holes = false);

/// Warps the whole image to width x height; pixels without a source keep `fill` bytes.
WarpImage warp_whole(const kernels::WarpKernel& kernel, const WarpImage& image,
                     const kernels::CoordinateMap& map, std::int64_t width, std::int64_t height,
                     bool periodic = false);
/// Warps the output window from no more of the image than source_extent and margin_of ask for.
/// A periodic image is unrolled.
WarpImage warp_window(const kernels::WarpKernel& kernel, const WarpImage& image,
                      const kernels::CoordinateMap& map, std::int64_t col, std::int64_t row,
                      std::int64_t width, std::int64_t height, bool periodic = false);

extern const std::vector<kernels::DataType> kRealTypes;
extern const std::vector<kernels::WarpResampling> kAllKernels;

}  // namespace cogmill::testing
