// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/masks.hpp"

#include "kernels/opacity_pixel.hpp"
#include "kernels/unaligned.hpp"

#include <cstdint>

namespace cogmill::kernels {

void fill_invalid(Plane plane, ConstPlane valid, const std::byte* pixel) {
  const auto ok = valid.as<std::uint8_t>();
  visit_pixel_size(size_bytes(plane.type), [&]<class T>(T) {
    const T value = load<T>(pixel);
    for (std::int64_t row = 0; row < plane.height; ++row)
      for (std::int64_t col = 0; col < plane.width; ++col)
        if (ok.row(row)[col] == 0) store(plane.row(row), col, value);
  });
}

void unite_valid(ConstPlane one, Plane into) {
  const auto in = one.as<std::uint8_t>();
  const auto out = into.as<std::uint8_t>();
  for (std::int64_t row = 0; row < into.height; ++row) {
    const std::uint8_t* const from = in.row(row);
    std::uint8_t* const to = out.row(row);
    for (std::int64_t col = 0; col < into.width; ++col) to[col] |= from[col];
  }
}

void hide_transparent(ConstPlane density, Plane valid) {
  const auto weight = density.as<float>();
  const auto ok = valid.as<std::uint8_t>();
  for (std::int64_t row = 0; row < valid.height; ++row)
    for (std::int64_t col = 0; col < valid.width; ++col)
      ok.row(row)[col] = valid_if_visible(ok.row(row)[col], weight.row(row)[col]);
}

void to_density(ConstPlane alpha, Plane density) {
  const double scale = 1 / opaque_value(alpha.type);
  const auto out = density.as<float>();
  visit_real_type(alpha.type, [&]<class T>(T) {
    const auto in = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] = density_of_alpha(in.row(row)[col], scale);
  });
}

void to_alpha(ConstPlane density, Plane alpha) {
  const auto in = density.as<float>();
  const double opaque = opaque_value(alpha.type);
  visit_real_type(alpha.type, [&]<class T>(T) {
    const auto out = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] = alpha_of_density<T>(in.row(row)[col], opaque);
  });
}

void find_visible(ConstPlane alpha, Plane valid) {
  const auto out = valid.as<std::uint8_t>();
  visit_real_type(alpha.type, [&]<class T>(T) {
    const auto in = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] = visibility_of_alpha(in.row(row)[col]);
  });
}

void validity_to_alpha(ConstPlane valid, Plane alpha) {
  const auto in = valid.as<std::uint8_t>();
  const double opaque = opaque_value(alpha.type);
  visit_real_type(alpha.type, [&]<class T>(T) {
    const auto out = alpha.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] = alpha_of_validity<T>(in.row(row)[col], opaque);
  });
}

}  // namespace cogmill::kernels
