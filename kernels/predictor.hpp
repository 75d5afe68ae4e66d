// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cogmill::kernels {

/// TIFF predictor (tag 317) of a tile.
enum class Predictor : std::uint8_t { kNone = 1, kHorizontal = 2, kFloatingPoint = 3 };

/// Shape of the rows a predictor runs over: it restarts on every row of the tile and looks
/// `samples` elements back (all bands of a pixel-interleaved tile, 1 where bands are separate).
struct PredictorShape {
  DataType type =
      DataType::kUInt8;      ///< complex: the caller passes the component type, samples doubled
  std::int64_t columns = 0;  ///< tile width [px]
  std::int64_t rows = 0;     ///< tile height [px]
  std::int64_t samples = 1;
};

/// Replaces the pixels of a tile with differences, in place.
/// Horizontal: differences mod 2^n of whole elements, of floats by their bits, as libtiff. Floating
/// point: the bytes of a row sorted into planes, most significant first, then byte differences.
/// @pre tile.size() == rows * columns * samples * size_bytes(type); floating point only for float
/// types
/// @param scratch at least one row of bytes
void apply_predictor(Predictor predictor, const PredictorShape& shape, std::span<std::byte> tile,
                     std::span<std::byte> scratch);

/// The inverse of apply_predictor. Little-endian: swap the bytes of a big-endian file first
/// (predictor 2; predictor 3 has no byte order of its own and yields host order).
void undo_predictor(Predictor predictor, const PredictorShape& shape, std::span<std::byte> tile,
                    std::span<std::byte> scratch);

/// Reverses the bytes of each element of `element_bytes` (1, 2, 4 or 8), in place.
void swap_bytes(std::span<std::byte> data, std::int64_t element_bytes);

}  // namespace cogmill::kernels
