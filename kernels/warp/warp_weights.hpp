// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/warp_kernel.hpp"

#include <cmath>
#include <cstdint>

/// Weights of the warp's kernels, after GDAL's formulas. Host and device.
namespace cogmill::kernels::warp {

inline constexpr double kPi = 3.14159265358979323846;

/// Reach of a kernel at scale 1 [px].
constexpr int support_of(WarpResampling r) {
  switch (r) {
    case WarpResampling::kBilinear:
      return 1;
    case WarpResampling::kCubic:
    case WarpResampling::kCubicSpline:
      return 2;
    case WarpResampling::kLanczos:
      return 3;
    default:
      return 0;
  }
}

/// Reach of a kernel along an axis of this scale: it widens where the output is coarser [px].
inline std::int64_t radius_of(WarpResampling r, double scale) {
  const double reach = support_of(r);
  return static_cast<std::int64_t>(scale < 1 ? std::ceil(reach / scale) : reach);
}

/// @return whether the plain formula of 2 x 2 or 4 x 4 samples holds: kernels are widened from 1:2
/// on, and then along both axes.
inline bool takes_few_samples(const WarpKernel& k) {
  return (k.resampling == WarpResampling::kBilinear || k.resampling == WarpResampling::kCubic) &&
         k.x_scale > 0.5 && k.y_scale > 0.5;
}

/// Keys' cubic, a = -0.5, of four samples: f is the way from the second to the third, 0 .. 1.
template <class W>
COGMILL_HD inline void cubic_weights(W f, W* w) {
  const W half = W(0.5) * f;
  const W three = W(3) * f;
  const W half2 = half * f;
  w[0] = half * (f * (W(2) - f) - W(1));
  w[1] = half2 * (three - W(5)) + W(1);
  w[2] = half * (f * (W(4) - three) + W(1));
  w[3] = half2 * (f - W(1));
}

COGMILL_HD inline double triangle_weight(double x) {
  const double d = std::fabs(x);
  return d <= 1 ? 1 - d : 0;
}

COGMILL_HD inline double cubic_weight(double x) {
  const double d = std::fabs(x);
  if (d <= 1) return x * x * (1.5 * d - 2.5) + 1;
  if (d <= 2) return x * x * (-0.5 * d + 2.5) - 4 * d + 2;
  return 0;
}

/// Cubic B-spline times 6. GDAL lets it run on beyond 2, on that side alone: kernels that are
/// widened to whole samples feel it.
COGMILL_HD inline double spline_weight(double x) {
  const double d = std::fabs(x);
  if (d <= 1) return 3 * d * d * d - 6 * d * d + 4;
  return x >= -2 ? (2 - d) * (2 - d) * (2 - d) : 0;
}

/// sinc(x) sinc(x / 3), for |x| <= 3.
COGMILL_HD inline double lanczos_weight(double x) {
  if (x == 0) return 1;
  if (std::fabs(x) > 3) return 0;
  const double a = kPi * x;
  return std::sin(a) * std::sin(a / 3) * 3 / (a * a);
}

COGMILL_HD inline double weight_of(WarpResampling r, double x) {
  switch (r) {
    case WarpResampling::kBilinear:
      return triangle_weight(x);
    case WarpResampling::kCubic:
      return cubic_weight(x);
    case WarpResampling::kCubicSpline:
      return spline_weight(x);
    default:
      return lanczos_weight(x);
  }
}

}  // namespace cogmill::kernels::warp
