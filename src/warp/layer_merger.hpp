// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "src/warp/mosaic_source.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::warp {

/// The planes of one window of a mosaic while one layer after another is merged into them, with an
/// engine and in its rooms.
class LayerMerger {
 public:
  /// @param bands what the planes are: image bands from 1, io::kMaskBand, kAddedAlphaBand
  LayerMerger(PlaneEngine& engine, MosaicMethod method, const partition::Window& window,
              std::span<const int> bands, std::span<const kernels::Plane> planes);

  /// Where a layer could still change something: the window, or with kLast and kFirst the smallest
  /// one around the gaps in `part`; empty if there are none.
  partition::Window wanted(const partition::Window& part);

  /// Planes for the layer's pixels in `part`: its image bands, their validities, and its opacity if
  /// it has an alpha band and opacity is wanted.
  std::span<const kernels::Plane> layer_planes(const partition::Window& part, bool alpha);
  bool wants_opacity() const { return opacity_.has_value(); }
  std::span<const int> image() const { return image_; }

  /// Merges what layer_planes() were filled with.
  void merge();

  /// Completes the planes. @param nodata by image band from 1
  void finish(const std::vector<std::optional<kernels::Nodata>>& nodata);

 private:
  kernels::Plane part_of(const kernels::Plane& plane) const;
  void merge_band(std::size_t i);
  void merge_opacity();

  PlaneEngine& engine_;
  MosaicMethod method_;
  partition::Window window_;
  std::vector<int> image_;              ///< image bands asked for
  std::vector<kernels::Plane> pixels_;  ///< theirs
  std::optional<kernels::Plane> mask_, opacity_;
  std::span<const kernels::Plane> valid_;  ///< by image band, then of the opacity
  std::span<const kernels::Plane> sums_, counts_;
  partition::Window part_;                 ///< of the layer at hand
  std::span<const kernels::Plane> layer_;  ///< its planes
  bool layer_alpha_ = false;
  bool any_merged_ = false;
};

}  // namespace cogmill::warp
