// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/opacity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace cogmill::warp {

using kernels::DataType;

double opaque_value(DataType type) {
  if (type == DataType::kUInt16) return 65535;
  if (type == DataType::kInt16) return 32767;
  return type == DataType::kInt8 ? 127 : 255;
}

void to_density(kernels::ConstPlane alpha, kernels::Plane density) {
  const double scale = 1 / opaque_value(alpha.type);
  const auto out = density.as<float>();
  kernels::visit_real_type(alpha.type, [&](auto zero) {
    const auto in = alpha.as<decltype(zero)>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] =
            static_cast<float>(std::clamp(static_cast<double>(in.row(row)[col]) * scale, 0.0, 1.0));
  });
}

void to_alpha(kernels::ConstPlane density, kernels::Plane alpha) {
  const auto in = density.as<float>();
  const double opaque = opaque_value(alpha.type);
  kernels::visit_real_type(alpha.type, [&](auto zero) {
    using T = decltype(zero);
    const auto out = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] =
            static_cast<T>(std::floor(static_cast<double>(in.row(row)[col]) * opaque + 0.5));
  });
}

void validity_to_alpha(kernels::ConstPlane valid, kernels::Plane alpha) {
  const double opaque = opaque_value(alpha.type);
  const auto in = valid.as<std::uint8_t>();
  kernels::visit_real_type(alpha.type, [&](auto zero) {
    using T = decltype(zero);
    const auto out = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      std::transform(in.row(row), in.row(row) + in.width, out.row(row),
                     [&](std::uint8_t v) { return v != 0 ? static_cast<T>(opaque) : T{0}; });
  });
}

}  // namespace cogmill::warp
