// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/source_axis.hpp"
#include "kernels/warp/warp_weights.hpp"

#include <cmath>
#include <cstdint>

/// The samples of one axis that a kernel of any width weighs, and their weights. Host and device.
namespace cogmill::kernels::warp {

/// A kernel along one axis of a job.
struct FilterAxis {
  SourceAxis source;
  WarpResampling resampling = WarpResampling::kBilinear;
  double reach = 1;                   ///< of the kernel at scale 1 [px]
  double scale = 1;                   ///< at most 1
  std::int64_t radius = 1;            ///< reach / scale, rounded up
  double turn_sin = 0, turn_cos = 1;  ///< of pi / 3 times the scale, for Lanczos

  /// Room for the weights of one pixel.
  std::int64_t most() const { return 2 * radius + 1; }
};

inline FilterAxis filter_axis(const SourceAxis& source, WarpResampling r, double scale) {
  const double s = scale < 1 ? scale : 1;
  return {source,
          r,
          static_cast<double>(support_of(r)),
          s,
          radius_of(r, scale),
          std::sin(kPi / 3 * s),
          std::cos(kPi / 3 * s)};
}

struct FilterPlace {
  std::int64_t first = 0, count = 0;  ///< samples, as indices of the block
  double sum = 0;                     ///< of the weights
};

/// Lanczos weights at whole distances: one sine for all, and exactly 1, 0, 0, ... at a centre.
/// @param from the first of `count` samples stands at from - delta; |delta| <= 0.5
COGMILL_HD inline void lanczos_whole(std::int64_t from, double delta, std::int64_t count,
                                     double* weights) {
  const double third = std::sin(-kPi / 3 * delta);
  const double squared = third * third;
  const double k = 3 / (kPi * kPi) * ((3 - 4 * squared) * third);
  const double half = -0.5 * k * third;
  const double rest = 0.8660254037844386 * k * std::sqrt(1 - squared);
  for (std::int64_t i = 0; i < count; ++i) {
    const double x = static_cast<double>(from + i) - delta;
    const std::int64_t phase = (from + i + 6) % 3;
    const double c = phase == 0 ? k * third : (phase == 1 ? half - rest : half + rest);
    weights[i] = x == 0 ? 1 : c / (x * x);
  }
}

/// Lanczos weights at equal steps below 1, from one sample (and not with it) to another: sine and
/// cosine of pi / 3 times the distance are turned from step to step.
COGMILL_HD inline void lanczos_turns(const FilterAxis& axis, double x, std::int64_t from,
                                     std::int64_t to, double* weights) {
  const std::int64_t step = to < from ? -1 : 1;
  const double turn_sin = static_cast<double>(step) * axis.turn_sin;
  double s = std::sin(kPi / 3 * x), c = std::cos(kPi / 3 * x);
  for (std::int64_t i = from + step; i != to + step; i += step) {
    const double turned = s * axis.turn_cos + c * turn_sin;
    c = c * axis.turn_cos - s * turn_sin;
    s = turned;
    const double at = x + static_cast<double>(i - from) * axis.scale;
    weights[i] = 3 / (kPi * kPi) * ((3 - 4 * s * s) * s) * s / (at * at);
  }
}

/// @param delta of the nearest sample: |delta| <= 0.5, so that small sines keep all their digits
COGMILL_HD inline void lanczos_weights(const FilterAxis& axis, std::int64_t from, double delta,
                                       std::int64_t count, double* weights) {
  if (axis.scale == 1) return lanczos_whole(from, delta, count, weights);
  const std::int64_t last = count - 1, nearest = -from < 0 ? 0 : (-from > last ? last : -from);
  const double x = (static_cast<double>(from + nearest) - delta) * axis.scale;
  weights[nearest] = lanczos_weight(x);
  if (nearest < last) lanczos_turns(axis, x, nearest, last, weights);
  if (nearest > 0) lanczos_turns(axis, x, nearest, 0, weights);
}

COGMILL_HD inline void filter_weights(const FilterAxis& axis, std::int64_t from, double delta,
                                      std::int64_t count, double* weights) {
  if (axis.resampling == WarpResampling::kLanczos) {
    const bool next = delta > 0.5;
    return lanczos_weights(axis, next ? from - 1 : from, next ? delta - 1 : delta, count, weights);
  }
  const double x = (static_cast<double>(from) - delta) * axis.scale;
  for (std::int64_t i = 0; i < count; ++i)
    weights[i] = weight_of(axis.resampling, x + static_cast<double>(i) * axis.scale);
}

/// Samples within the kernel's reach, clipped to the image.
/// @pre the position is_on_image; room for axis.most() weights
COGMILL_HD inline FilterPlace place_filter(const FilterAxis& axis, double position,
                                           double* weights) {
  const double centred = position - 0.5;
  const double left = std::floor(centred);
  const double delta = centred - left;
  const bool lanczos = axis.resampling == WarpResampling::kLanczos;
  std::int64_t from = -axis.radius, to = axis.radius;
  // Samples at the very end have no weight; GDAL counts Lanczos' all the same.
  const auto at = [&](std::int64_t i) { return (static_cast<double>(i) - delta) * axis.scale; };
  while (at(from) < -axis.reach || (at(from) == -axis.reach && !lanczos)) ++from;
  while (at(to) > axis.reach && axis.resampling != WarpResampling::kCubicSpline) --to;
  const auto first =
      static_cast<std::int64_t>(block_index(axis.source, left + static_cast<double>(from)));
  const auto begin = static_cast<std::int64_t>(axis.source.begin);
  const auto end = static_cast<std::int64_t>(axis.source.end);
  const std::int64_t skip = first < begin ? begin - first : 0;
  const std::int64_t last = first + (to - from);
  FilterPlace place = {first + skip, (last < end ? last + 1 : end) - first - skip, 0};
  if (place.count <= 0) return {0, 0, 0};
  filter_weights(axis, from + skip, delta, place.count, weights);
  for (std::int64_t i = 0; i < place.count; ++i) place.sum += weights[i];
  return place;
}

inline constexpr double kLeastWeight = 0.000001;  ///< below it GDAL sees no pixel

/// GDAL leaves sums alone that are nearly normal: a sample right on the centre stays as it is.
COGMILL_HD inline double normal(double value, double weight) {
  return weight < 0.99999 || weight > 1.00001 ? value / weight : value;
}

/// A kernel that rings makes nothing sensible of a few scattered samples.
COGMILL_HD inline bool are_enough(WarpResampling r, std::int64_t valid, std::int64_t samples) {
  return r != WarpResampling::kLanczos || valid >= samples / 2;
}

}  // namespace cogmill::kernels::warp
