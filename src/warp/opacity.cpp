// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/opacity.hpp"

#include "kernels/opacity_pixel.hpp"

#include <algorithm>
#include <cstdint>

namespace cogmill::warp {

void to_density(kernels::ConstPlane alpha, kernels::Plane density) {
  const double scale = 1 / kernels::opaque_value(alpha.type);
  const auto out = density.as<float>();
  kernels::visit_real_type(alpha.type, [&](auto zero) {
    const auto in = alpha.as<decltype(zero)>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] = kernels::density_of_alpha(in.row(row)[col], scale);
  });
}

void to_alpha(kernels::ConstPlane density, kernels::Plane alpha) {
  const auto in = density.as<float>();
  const double opaque = kernels::opaque_value(alpha.type);
  kernels::visit_real_type(alpha.type, [&](auto zero) {
    using T = decltype(zero);
    const auto out = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] = kernels::alpha_of_density<T>(in.row(row)[col], opaque);
  });
}

void validity_to_alpha(kernels::ConstPlane valid, kernels::Plane alpha) {
  const double opaque = kernels::opaque_value(alpha.type);
  const auto in = valid.as<std::uint8_t>();
  kernels::visit_real_type(alpha.type, [&](auto zero) {
    using T = decltype(zero);
    const auto out = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      std::transform(in.row(row), in.row(row) + in.width, out.row(row),
                     [&](std::uint8_t v) { return kernels::alpha_of_validity<T>(v, opaque); });
  });
}

}  // namespace cogmill::warp
