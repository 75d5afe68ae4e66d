// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/masks.hpp"

#include "kernels/evaluate.hpp"
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

void hide_transparent(ConstPlane alpha, Plane valid) {
  const auto ok = valid.as<std::uint8_t>();
  visit_real_type(alpha.type, [&]<class T>(T) {
    const auto in = alpha.as<T>();
    for (std::int64_t row = 0; row < valid.height; ++row)
      for (std::int64_t col = 0; col < valid.width; ++col)
        ok.row(row)[col] = valid_if_visible(ok.row(row)[col], in.row(row)[col]);
  });
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

void convert_alpha(ConstPlane from, Plane to, double factor) {
  if (from.type == to.type) return convert_plane(from, to);
  visit_real_type(from.type, [&]<class From>(From) {
    visit_real_type(to.type, [&]<class To>(To) {
      const auto in = from.as<From>();
      const auto out = to.as<To>();
      for (std::int64_t row = 0; row < to.height; ++row)
        for (std::int64_t col = 0; col < to.width; ++col)
          out.row(row)[col] = convert_alpha<To>(in.row(row)[col], factor);
    });
  });
}

void limit_to_alpha(ConstPlane alpha, Plane colour) {
  visit_real_type(colour.type, [&]<class T>(T) {
    const auto limit = alpha.as<T>();
    const auto out = colour.as<T>();
    for (std::int64_t row = 0; row < out.height; ++row)
      for (std::int64_t col = 0; col < out.width; ++col)
        out.row(row)[col] = limited_to_alpha(limit.row(row)[col], out.row(row)[col]);
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
