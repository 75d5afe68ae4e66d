// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/source_axis.hpp"

#include <cmath>
#include <cstdint>

/// The samples of one axis that an output pixel covers, and by how much. Host and device.
namespace cogmill::kernels::warp {

/// One axis of a job of boxes.
struct BoxAxis {
  SourceAxis source;
  double margin = 2;  ///< how far beyond the image a corner may lie [px]
};

inline BoxAxis box_axis(const SourceAxis& source, double scale) {
  const double step = std::ceil(1 / scale);
  return {source, 2 * (step > 1 ? step : 1)};
}

struct BoxPlace {
  std::int64_t first = 0, count = 0;  ///< samples, as indices of the block; 0: nothing is covered
  double begin = 0;                   ///< the first sample's edge in the image
  double low = 0, high = 0;           ///< the box
};

/// Whether a box on an axis without_gap has nothing but the gap under it.
COGMILL_HD inline bool is_in_gap(const SourceAxis& axis, double low, double high) {
  return axis.has_gap() & ((high <= kTolerance) |
                           ((low >= axis.size - kTolerance) & (high <= axis.size + kTolerance)));
}

/// A box of a periodic axis begins within the image and is at most a turn wide. The map has brought
/// its corners together: half a turn and more between them is what the pixel covers.
COGMILL_HD inline void unroll_box(const SourceAxis& axis, double& low, double& high) {
  const double turn = low < 0 ? axis.size : (low >= axis.size ? -axis.size : 0);
  low += turn;
  high += turn;
  if (high - low > axis.size) high = low + axis.size;
}

/// Corners may come in any order. Nothing where one is NaN or far out, or the box does not reach
/// into the image.
COGMILL_HD inline BoxPlace place_box(const BoxAxis& axis, double a, double b) {
  const SourceAxis& source = axis.source;
  const double turn = source.periodic ? source.turn : 0;
  const double least = -axis.margin - turn, most = source.size + axis.margin + turn;
  if (!((a >= least) & (b >= least) & (a <= most) & (b <= most))) return {};
  double low = without_gap(source, a < b ? a : b), high = without_gap(source, a < b ? b : a);
  if (source.periodic)
    unroll_box(source, low, high);
  else if (high <= kTolerance || low >= source.size - kTolerance)
    return {};
  if (is_in_gap(source, low, high)) return {};
  double begin = std::floor(low + kTolerance), end = std::ceil(high - kTolerance);
  if (!source.periodic) {
    begin = begin < 0 ? 0 : begin;
    end = end > source.size ? source.size : end;
  }
  if (begin >= end) end = begin + 1;
  const double first = block_index(source, begin), last = first + (end - begin);
  // A block that holds all it should cuts nothing here.
  const double from = first < source.begin ? source.begin : first;
  const double to = last > source.end ? source.end : last;
  if (to <= from) return {};
  return {static_cast<std::int64_t>(from), static_cast<std::int64_t>(to - from),
          begin + (from - first), low, high};
}

/// GDAL's weights for means, computed where they are asked for.
struct BoxWeights {
  std::int64_t last = 0;  ///< of the samples
  double of_first = 1, of_last = 1;

  BoxWeights() = default;
  COGMILL_HD explicit BoxWeights(const BoxPlace& place) : last(place.count - 1) {
    if (place.count <= 1) return;
    of_first = 1 - (place.low - place.begin);
    of_last = 1 - (place.begin + static_cast<double>(last) + 1 - place.high);
  }
  COGMILL_HD double operator[](std::int64_t i) const {
    return i == 0 ? of_first : (i == last ? of_last : 1);
  }
};

/// Fills place.count weights.   @return their sum
COGMILL_HD inline double box_weights(const BoxPlace& place, double* weights) {
  const BoxWeights w(place);
  double sum = 0;
  for (std::int64_t i = 0; i < place.count; ++i) {
    weights[i] = w[i];
    sum += weights[i];
  }
  return sum;
}

/// @return the sum that box_weights returns
COGMILL_HD inline double sum_of(const BoxWeights& weights) {
  double sum = 0;
  for (std::int64_t i = 0; i <= weights.last; ++i) sum += weights[i];
  return sum;
}

}  // namespace cogmill::kernels::warp
