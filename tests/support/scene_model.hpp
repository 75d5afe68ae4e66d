// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace cogmill::tests {

/// What a made scene looks like. Everything follows from `seed` and the pixel's global position.
struct SceneModel {
  std::int64_t width = 0, height = 0;  ///< [px]
  int bands = 4;                       ///< blue, green, red, nir, then more of the same kind
  std::uint64_t seed = 1;
  float noise = 12;            ///< sensor noise and unresolved texture, one sigma [digital number]
  double border_fraction = 0;  ///< part of the area outside the slanted swath, as Landsat's edges
};

/// The pixels [col, col + width) x [row, row + height) of all bands, pixel interleaved, as digital
/// numbers of a 16-bit sensor (about 5000 .. 30000). Pure: any window of a scene gives the same
/// pixels as any other window that covers them. Thread-safe.
/// @param out width * height * bands numbers; those of the border are NaN
void render(const SceneModel& model, std::int64_t col, std::int64_t row, std::int64_t width,
            std::int64_t height, std::span<float> out);

}  // namespace cogmill::tests
