// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/colour_planes.hpp"
#include "src/warp/plane_engine.hpp"
#include "src/warp/warp_setup.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::warp {

/// One piece of the output, and the block of the source that it is resampled from.
struct PieceGeometry {
  kernels::WarpSourceGeometry source;
  partition::Window block;   ///< of the source
  partition::Window output;  ///< of the output
};

/// The bands of one source whose pixels are numbers of colours: in their place red, green and blue
/// are resampled, and the number of the nearest colour is stored.
class ColourBands {
 public:
  /// @throws report::RuntimeError if a colour table cannot be read
  explicit ColourBands(const WarpSetup& setup);

  /// Bytes that one source pixel takes more for these bands.
  std::int64_t source_pixel_bytes(std::span<const int> image) const;

  /// Resamples the image bands together, these and others.
  /// @pre the engine's memory is the host's if mixes_colours()
  void warp(PlaneEngine& engine, const kernels::WarpKernel& kernel, const PieceGeometry& piece,
            std::span<const int> image, std::span<const kernels::WarpBand> bands) const;

 private:
  const kernels::ColourTables* tables_of(int band) const;

  std::vector<std::optional<kernels::ColourTables>> tables_;  ///< by band; may be shorter
};

/// @return whether colours of any of the bands are resampled   @param image band numbers from 1
bool mixes_colours(const WarpSetup& setup, std::span<const int> image);

/// How many bands of the source are resampled as colours.
std::int64_t colour_bands(const WarpSetup& setup);

/// What one pixel of a colour band takes beside its number while it is resampled [bytes].
inline constexpr std::int64_t kColourPixelBytes = 4;

}  // namespace cogmill::warp
