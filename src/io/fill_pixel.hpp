// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/nodata.hpp"
#include "src/io/scene_info.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace cogmill::io {

/// The bytes of one pixel, in its first size_bytes(type) elements.
using PixelBytes = std::array<std::byte, 16>;

/// Why there is nothing to read.
enum class Hole : std::uint8_t { kSparse /*the file left the block out*/, kDamaged };

/// @return what pixels without stored data become: the nodata value, brought into the range of the
/// type as GDAL does. Without one: 0 in a sparse block, and in a damaged one NaN where the type is
/// a real float, else 0. Complex: that value and an imaginary part of 0.
PixelBytes fill_pixel(kernels::DataType type, const std::optional<kernels::Nodata>& nodata,
                      Hole hole);
/// fill_pixel with the type and the nodata value of a band of a scene. An alpha band becomes 0:
/// what is not there is hidden, although GDAL gives an alpha band the nodata value of the others.
/// @param band from 1
PixelBytes fill_pixel(kernels::DataType type, const SceneInfo& scene, int band, Hole hole);

}  // namespace cogmill::io
