// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/host_device.hpp"

#include <cmath>
#include <cstdint>
#include <type_traits>

/// Alpha pixels and weights. Host and device.
namespace cogmill::kernels {

/// The value of an opaque alpha pixel, as GDAL: 65535 in UInt16, 32767 in Int16, else 255,
/// or 127 in Int8.
constexpr double opaque_value(DataType type) {
  if (type == DataType::kUInt16) return 65535;
  if (type == DataType::kInt16) return 32767;
  return type == DataType::kInt8 ? 127 : 255;
}

/// @param scale 1 / opaque_value   @return 0 .. 1
template <class T>
COGMILL_HD inline float density_of_alpha(T alpha, double scale) {
  const double weight = static_cast<double>(alpha) * scale;
  return static_cast<float>(weight < 0 ? 0.0 : (weight > 1 ? 1.0 : weight));
}

/// Rounded to nearest.
template <class T>
COGMILL_HD inline T alpha_of_density(float density, double opaque) {
  return static_cast<T>(std::floor(static_cast<double>(density) * opaque + 0.5));
}

template <class T>
COGMILL_HD inline T alpha_of_validity(std::uint8_t valid, double opaque) {
  return valid != 0 ? static_cast<T>(opaque) : T{0};
}

/// A mask or alpha of 0 hides a pixel, and so does NaN; anything else shows it, however little.
template <class T>
COGMILL_HD inline std::uint8_t visibility_of_alpha(T alpha) {
  bool visible = alpha != T{0};
  if constexpr (std::is_floating_point_v<T>) visible = visible && alpha == alpha;
  return visible ? std::uint8_t{255} : std::uint8_t{0};
}

/// What is transparent is invalid.
COGMILL_HD inline std::uint8_t valid_if_visible(std::uint8_t valid, float density) {
  return density > 0 ? valid : std::uint8_t{0};
}

}  // namespace cogmill::kernels
