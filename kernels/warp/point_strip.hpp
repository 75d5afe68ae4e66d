// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/point_place.hpp"
#include "kernels/warp/warp_job.hpp"

#include <array>
#include <cstdint>

/// Where the pixels of a strip take their samples. Flattened into one function per instruction set.
namespace cogmill::kernels::warp {

template <class V>
using StripOf = std::array<V, kSegment>;

/// One axis of a strip. `first` is a safe index for kNone and kPartly.
struct AxisStrip {
  StripOf<std::int32_t> first, state;
};

template <class W>
struct PointStrip {
  int count = 0;
  StripOf<double> x, y;  ///< within_turn
  AxisStrip across, down;
  StripOf<W> fraction_x, fraction_y;
  StripOf<std::int32_t> state;
  bool any_inside = false, all_inside = false, all_on_image = false;
};

/// Branch-free, so that it becomes vectors.
template <bool kPeriodic, class W>
void place_axis_of(SourceAxis a, Taps taps, int n, double* position, AxisStrip& out, W* fraction) {
  a.periodic = kPeriodic;
  std::int32_t* const first = out.first.data();
  std::int32_t* const state = out.state.data();
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const double p = within_turn(a, position[i]);
    if constexpr (kPeriodic) position[i] = p;
    const AxisPoint<W> at = place_taps<W>(a, taps, p);
    first[i] = at.first;
    state[i] = at.state;
    fraction[i] = at.fraction;
  }
}

template <class W>
void place_axis(const SourceAxis& axis, Taps taps, int n, double* position, AxisStrip& out,
                W* fraction) {
  if (axis.periodic)
    place_axis_of<true>(axis, taps, n, position, out, fraction);
  else
    place_axis_of<false>(axis, taps, n, position, out, fraction);
}

template <class W>
void place_strip(const Job& job, const Strip& strip, Taps taps, PointStrip<W>& out) {
  const auto n = static_cast<std::size_t>(strip.count);
  out.count = strip.count;
  row_positions(*job.map, job.col + strip.col, job.row + strip.row, {out.x.data(), n},
                {out.y.data(), n});
  place_axis(job.across, taps, strip.count, out.x.data(), out.across, out.fraction_x.data());
  place_axis(job.down, taps, strip.count, out.y.data(), out.down, out.fraction_y.data());
  std::int32_t least = kInside, most = kNone;
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t a = out.across.state[i], b = out.down.state[i], s = a < b ? a : b;
    out.state[i] = s;
    least = s < least ? s : least;
    most = s > most ? s : most;
  }
  out.any_inside = most == kInside;
  out.all_inside = least == kInside;
  out.all_on_image = least > kNone;
}

/// Element of a plane where the samples of each pixel begin.
template <class W>
void offsets_of(const PointStrip<W>& at, std::int64_t stride, std::int64_t* offset) {
  const int n = at.count;
  for (int i = 0; i < n; ++i)
    offset[i] = at.down.first[static_cast<std::size_t>(i)] * stride +
                at.across.first[static_cast<std::size_t>(i)];
}

}  // namespace cogmill::kernels::warp
