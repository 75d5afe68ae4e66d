// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

#include <cmath>

namespace cogmill::kernels::warp {

/// One axis of a source block. Positions are of the image, indices of the block. All numbers are
/// whole doubles below 2^53, so nothing but the position itself decides about fractions.
struct SourceAxis {
  double size = 0;            ///< of the image [px]
  double origin = 0;          ///< the block's first pixel in the image
  double begin = 0, end = 0;  ///< samples of the image that the block holds, as indices
  bool periodic = false;
  double turn = 0;  ///< of a periodic axis: its size, and a gap without samples (boxes only) [px]

  COGMILL_HD bool has_gap() const { return periodic & (turn != size); }
};

/// What rounding may add to a position before it is said to be beyond a pixel's edge [px]: GDAL's.
inline constexpr double kTolerance = 1e-10;

/// How far beyond the image's edge a position still counts as on it [px]. Images that share an edge
/// know it only as exactly as their coordinates: doubles of 2e7 m lie 4e-9 m apart, a few of them
/// are summed up, and pixels may be of a centimetre. A smaller one would leave a gap between two
/// images where each finds the other's side of the edge.
inline constexpr double kEdgeTolerance = 1e-6;

/// @return the same position in [0, size) if the axis is periodic and it is at most a turn away
COGMILL_HD inline double within_turn(const SourceAxis& axis, double p) {
  if (!axis.periodic) return p;
  const double up = p < 0 ? p + axis.size : p;
  return up >= axis.size ? up - axis.size : up;
}

/// @return the position on an axis whose turns have no gap between them: places in a gap are at the
/// edge. Order is kept, and what lies between two positions is the samples between them.
COGMILL_HD inline double without_gap(const SourceAxis& axis, double p) {
  if (!axis.has_gap()) return p;
  const double turns = std::floor(p / axis.turn), rest = p - turns * axis.turn;
  return turns * axis.size + (rest < axis.size ? rest : axis.size);
}

/// @return whether the image has a pixel there; false for NaN. Both edges belong to it, and what
/// rounding leaves beside them.
/// @param p within_turn
COGMILL_HD inline bool is_on_image(const SourceAxis& axis, double p) {
  return (p >= -kEdgeTolerance) & (p <= axis.size + kEdgeTolerance);
}

/// @return index of the column or row of the image, of all turns the first one that the block holds
COGMILL_HD inline double block_index(const SourceAxis& axis, double pixel) {
  const double index = pixel - axis.origin;
  return axis.periodic ? index - std::floor(index / axis.size) * axis.size : index;
}

/// Where the samples around a position begin, and the way from the sample before it to the next.
struct SamplePlace {
  double first = 0;  ///< block index of the first of `taps` samples
  double fraction = 0;
};

/// @param before samples of the kernel that stand before the one left of (or at) the position
/// @return numbers without a meaning where the position is not on the image
COGMILL_HD inline SamplePlace place_samples(const SourceAxis& axis, double position, int before) {
  const double centred = position - 0.5;
  const double left = std::floor(centred);
  return {block_index(axis, left - before), centred - left};
}

/// @return index of the pixel under a position; a number without a meaning where it is not on the
/// image
COGMILL_HD inline double pixel_under(const SourceAxis& axis, double position) {
  const double pixel = std::floor(position + kTolerance), last = axis.size - 1;
  const double below = pixel < last ? pixel : last, held = below > 0 ? below : 0;
  return block_index(axis, axis.periodic ? pixel : held);
}

}  // namespace cogmill::kernels::warp
