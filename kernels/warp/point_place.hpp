// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/source_axis.hpp"

#include <cstdint>

/// Where the samples of a position stand in a block. Host and device.
namespace cogmill::kernels::warp {

enum PointState : std::int32_t {
  kNone = 0,    ///< no source pixel there
  kPartly = 1,  ///< some samples lie outside of the image
  kInside = 2,  ///< all samples are in the block
};

/// How the samples of a kernel stand around a position.
struct Taps {
  int before = 0;  ///< those before the one left of the position
  int count = 1;
};

/// One position along one axis. `first` is a safe index for kNone and kPartly.
template <class W>
struct AxisPoint {
  std::int32_t first, state;
  W fraction;
};

/// Branch-free, so that loops over it become vectors.   @param p within_turn
template <class W>
COGMILL_HD inline AxisPoint<W> place_taps(const SourceAxis& a, Taps taps, double p) {
  const bool fits = a.end - a.begin >= taps.count;  // else no pixel has all its samples
  const double most = fits ? a.end - taps.count : a.begin;
  const SamplePlace at = place_samples(a, p, taps.before);
  const double above = at.first > a.begin ? at.first : a.begin;  // NaN: the first
  const double held = above < most ? above : most;
  const std::int32_t on = is_on_image(a, p), inside = held == at.first;
  return {static_cast<std::int32_t>(held), fits ? on + (on & inside) : on,
          static_cast<W>(at.fraction)};
}

/// The pixel under one position along one axis. `index` is a safe one where it is not on.
struct AxisPixel {
  std::int32_t index, on;
};

/// @param p within_turn
COGMILL_HD inline AxisPixel place_pixel(const SourceAxis& a, double p) {
  const double last = a.end - 1;
  const double pixel = pixel_under(a, p);
  const double above = pixel > a.begin ? pixel : a.begin;  // NaN: the first
  const double held = above < last ? above : last;
  return {static_cast<std::int32_t>(held), is_on_image(a, p) & (held == pixel)};
}

/// The pixel of a block under a position, whether or not it counts.
struct PixelUnder {
  std::int64_t col = 0, row = 0;
  bool held = false;  ///< by the block
};

COGMILL_HD inline PixelUnder pixel_under(const SourceAxis& across, const SourceAxis& down, double x,
                                         double y) {
  const double col = pixel_under(across, x), row = pixel_under(down, y);
  if (!(col >= across.begin && col < across.end && row >= down.begin && row < down.end)) return {};
  return {static_cast<std::int64_t>(col), static_cast<std::int64_t>(row), true};
}

}  // namespace cogmill::kernels::warp
