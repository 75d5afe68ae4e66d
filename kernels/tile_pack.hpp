// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"

#include <cstdint>
#include <span>

namespace cogmill::kernels {

/// Copies band planes into one tile buffer: pixel-interleaved if several planes are given, plain if
/// one. Where the planes are smaller than the tile (right and bottom edge of the image), each row
/// goes on with its last pixel, and the rows below consist of the last row's last pixel: one fixed
/// rule, so that padding never changes the bytes, and one that every predictor and codec makes
/// nothing of.
/// @pre all planes have one type and size, 1 <= width <= tile_width, 1 <= height <= tile_height,
///      tile.size() == tile_width * tile_height * planes.size() * size_bytes(type)
void pack_tile(std::span<const ConstPlane> planes, std::int64_t tile_width,
               std::int64_t tile_height, std::span<std::byte> tile);

/// Copies a window of a tile buffer of `tile_samples` interleaved samples into planes.
/// planes[i] receives sample samples[i], from tile column col0 and row row0 on.
/// @pre the planes have one type and size, and the window lies inside the tile
void unpack_tile(std::span<const std::byte> tile, std::int64_t tile_width,
                 std::int64_t tile_samples, std::int64_t col0, std::int64_t row0,
                 std::span<const int> samples, std::span<const Plane> planes);

/// Mask tiles hold one bit per pixel, most significant bit first, rows padded to whole bytes.
/// Non-zero mask bytes become 1. Padding right of and below the plane is 0.
/// @pre bits.size() == ceil(tile_width / 8) * tile_height
void pack_mask_bits(ConstPlane mask, std::int64_t tile_width, std::int64_t tile_height,
                    std::span<std::byte> bits);
/// The inverse: bits become 0 and 255.
void unpack_mask_bits(std::span<const std::byte> bits, std::int64_t tile_width, std::int64_t col0,
                      std::int64_t row0, Plane mask);

/// @return true if every pixel of the plane has the same bytes as `pixel` (size_bytes(type) of
/// them)
bool is_constant(ConstPlane plane, const std::byte* pixel);
/// Sets every pixel of the plane to `pixel`.
void fill(Plane plane, const std::byte* pixel);

}  // namespace cogmill::kernels
