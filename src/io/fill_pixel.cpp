// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/fill_pixel.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace cogmill::io {
namespace {

using kernels::DataType;

/// A nodata value that no pixel of an integer type can equal: rounded and clamped; NaN becomes 0.
template <class T>
T nearest(double value) {
  if (std::isnan(value)) return T{};
  if (value <= static_cast<double>(std::numeric_limits<T>::lowest()))
    return std::numeric_limits<T>::lowest();
  if (value >= static_cast<double>(std::numeric_limits<T>::max()))
    return std::numeric_limits<T>::max();
  return static_cast<T>(std::floor(value + 0.5));
}

template <class T>
T fill_value(const std::optional<kernels::Nodata>& nodata, Hole hole) {
  if (nodata) {
    const auto exact = nodata->as<T>();
    return exact ? *exact : nearest<T>(nodata->as_double());
  }
  const bool nan = hole == Hole::kDamaged && std::is_floating_point_v<T>;
  return nan ? std::numeric_limits<T>::quiet_NaN() : T{};
}

}  // namespace

PixelBytes fill_pixel(DataType type, const std::optional<kernels::Nodata>& nodata, Hole hole) {
  PixelBytes pixel{};
  if (kernels::is_complex(type) && !nodata) return pixel;
  kernels::visit_real_type(kernels::component_of(type), [&](auto zero) {
    const auto value = fill_value<decltype(zero)>(nodata, hole);
    std::memcpy(pixel.data(), &value, sizeof value);
  });
  return pixel;
}

PixelBytes fill_pixel(DataType type, const SceneInfo& scene, int band, Hole hole) {
  if (band == scene.alpha_band) return {};
  return fill_pixel(type, scene.bands[static_cast<std::size_t>(band) - 1].nodata, hole);
}

}  // namespace cogmill::io
