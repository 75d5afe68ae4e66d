// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "src/warp/plane_engine.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::warp {

/// Where one piece of the output goes: its part of the planes asked for, and what says which of its
/// pixels have a source, in an engine's rooms.
class PieceTarget {
 public:
  /// @param bands what is asked for, by plane: image bands, io::kMaskBand, the alpha band,
  /// kAddedAlphaBand, validity_of(image band)   @param image the bands that are resampled; those
  /// that nobody asked for go to a plane of their own
  PieceTarget(PlaneEngine& engine, std::span<const int> bands, std::span<const int> image,
              int alpha_band)
      : engine_(engine), bands_(bands), image_(image), alpha_band_(alpha_band) {}

  /// @param part of the planes
  void begin(std::span<const kernels::Plane> planes, const partition::Window& part);

  /// Sets the targets of resampled band i.
  void fill_in(std::size_t i, kernels::WarpBand& band) const;

  /// The plane of the alpha band, if it is asked for: what it holds where a pixel has a source
  /// stays.
  const std::optional<kernels::Plane>& alpha() const { return alpha_; }

  /// Brings bands that are multiplied by `alpha`, one of them, down to it where they exceed it.
  void limit_to(int alpha);

  /// Gives pixels without a source their nodata, alpha 0, and derives the mask.
  /// @param nodata by band number from 1
  void finish(const std::vector<std::optional<kernels::Nodata>>& nodata);

 private:
  kernels::Plane find_plane(int band, const partition::Window& part);
  void copy_valid();

  PlaneEngine& engine_;
  std::span<const int> bands_, image_;
  int alpha_band_;
  std::vector<kernels::Plane> planes_;     ///< as asked for
  std::vector<kernels::Plane> resampled_;  ///< by resampled band
  std::span<const kernels::Plane> valid_;  ///< by resampled band
  std::optional<kernels::Plane> alpha_;
};

}  // namespace cogmill::warp
