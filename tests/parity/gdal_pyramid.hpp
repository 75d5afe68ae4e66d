// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/nodata.hpp"
#include "kernels/overview.hpp"
#include "kernels/plane.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cogmill::parity {

/// One level of a single-band image.
struct Level {
  kernels::DataType type = kernels::DataType::kUInt8;
  std::int64_t width = 0, height = 0;  ///< [px]
  std::vector<std::byte> pixels;
  std::vector<std::uint8_t> mask;  ///< 0 or 255; empty: no mask

  Level() = default;
  Level(kernels::DataType t, std::int64_t w, std::int64_t h)
      : type(t),
        width(w),
        height(h),
        pixels(static_cast<std::size_t>(w * h * kernels::size_bytes(t))) {}

  kernels::Plane plane() { return {pixels.data(), type, width, height, width}; }
  kernels::ConstPlane plane() const { return {pixels.data(), type, width, height, width}; }
  kernels::ConstPlane mask_plane() const;  ///< data == nullptr without a mask
};

/// @return whether the GDAL in use knows the pixel type
bool gdal_knows(kernels::DataType type);

/// The overviews of a COG that GDAL's COG driver makes of `base` with tiles of 128 pixels: levels
/// until both sizes are at most 128, largest first.
/// @throws std::runtime_error if GDAL fails
std::vector<Level> gdal_overviews(const Level& base, const std::optional<kernels::Nodata>& nodata,
                                  kernels::Resampling resampling);

}  // namespace cogmill::parity
