// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/warp/warp.hpp"
#include "src/io/pixel_block.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::warp {

/// Where one piece of the output goes: its part of the planes asked for, and what says which of its
/// pixels have a source. Buffers are reused.
class PieceTarget {
 public:
  /// @param bands what was asked for, by plane: image bands, io::kMaskBand, the alpha band,
  /// kAddedAlphaBand, validity_of(image band)   @param image the bands that are resampled; those
  /// that nobody asked for go to a plane of their own   @param part of the planes
  void begin(std::span<const int> bands, std::span<const int> image, int alpha_band,
             std::span<const kernels::Plane> planes, const partition::Window& part);

  /// Sets the targets of rows [first, first + rows) of resampled band i.
  void fill_in(std::size_t i, std::int64_t first, std::int64_t rows, kernels::WarpBand& band) const;

  /// Gives pixels without a source their nodata, and derives mask and alpha.
  /// @param nodata by band number from 1   @return valid pixels that had to be moved off nodata
  std::int64_t finish(const std::vector<std::optional<kernels::Nodata>>& nodata);

 private:
  void copy_valid() const;
  void unite_valid();

  std::vector<int> bands_, image_;
  int alpha_band_ = 0;
  std::vector<kernels::Plane> planes_;     ///< as asked for
  std::vector<kernels::Plane> resampled_;  ///< by resampled band
  io::PixelBlock valid_, density_, unasked_;
};

}  // namespace cogmill::warp
