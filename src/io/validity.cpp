// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/validity.hpp"

#include "kernels/data_type.hpp"
#include "kernels/opacity_pixel.hpp"
#include "kernels/tile_pack.hpp"

#include <algorithm>
#include <cstdint>

namespace cogmill::io {

void to_validity(kernels::ConstPlane in, kernels::Plane out) {
  kernels::visit_real_type(in.type, [&](auto zero) {
    const auto source = in.as<decltype(zero)>();
    const auto target = out.as<std::uint8_t>();
    for (std::int64_t row = 0; row < out.height; ++row)
      std::transform(source.row(row), source.row(row) + out.width, target.row(row),
                     [](auto value) { return kernels::visibility_of_alpha(value); });
  });
}

void hide_block(const partition::Window& block, const partition::Window& window,
                std::span<const kernels::Plane> masks) {
  const partition::Window part = partition::intersect(block, window);
  for (const kernels::Plane& mask : masks) kernels::fill(crop(mask, window, part), &kInvalid);
}

}  // namespace cogmill::io
