// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/convert_pixel.hpp"
#include "kernels/data_type.hpp"
#include "kernels/host_device.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

/// Alpha pixels and weights. Host and device.
namespace cogmill::kernels {

/// The value of an opaque alpha pixel where nothing else says it, as GDAL: 65535 in UInt16, 32767
/// in Int16, else 255, or 127 in Int8.
constexpr double opaque_value(DataType type) {
  if (type == DataType::kUInt16) return 65535;
  if (type == DataType::kInt16) return 32767;
  return type == DataType::kInt8 ? 127 : 255;
}

/// True for types in which opaque_value() is what opaque pixels have. Alpha of floats and of 32 or
/// 64 bits may end anywhere: 1, 100 or 65535.
constexpr bool has_opaque_value(DataType type) {
  return size_bytes(type) <= 2 && !is_floating(type);
}

/// @return what alpha is multiplied by on its way to another type, as in gdalwarp: opaque pixels
/// stay so where both types say which ones are
constexpr double alpha_factor(DataType from, DataType to) {
  return has_opaque_value(from) && has_opaque_value(to) ? opaque_value(to) / opaque_value(from) : 1;
}

/// @param scale 1 / opaque_value   @return 0 .. 1; 0 only of what is hidden
template <class T>
COGMILL_HD inline float density_of_alpha(T alpha, double scale) {
  const double weight = std::fabs(static_cast<double>(alpha) * scale);
  return static_cast<float>(weight > 1 ? 1.0 : weight);
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

/// What is hidden is invalid.
template <class T>
COGMILL_HD inline std::uint8_t valid_if_visible(std::uint8_t valid, T alpha) {
  return visibility_of_alpha(alpha) != 0 ? valid : std::uint8_t{0};
}

/// A colour that is multiplied by alpha never is larger.
template <class T>
COGMILL_HD inline T limited_to_alpha(T alpha, T colour) {
  return colour > alpha ? alpha : colour;
}

/// Alpha as a pixel of another type: rounded half away from zero and saturated, but what shows a
/// pixel never becomes what hides it.   @param factor alpha_factor, or 1
template <class To, class From>
COGMILL_HD inline To convert_alpha(From alpha, double factor) {
  const To value = factor == 1 ? convert_pixel<To>(alpha)
                               : convert_pixel<To>(static_cast<double>(alpha) * factor);
  if (value != To{0} || visibility_of_alpha(alpha) == 0) return value;
  if constexpr (std::is_floating_point_v<To>)
    return std::numeric_limits<To>::denorm_min();
  else
    return To{1};
}

}  // namespace cogmill::kernels
