// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/masks.hpp"
#include "kernels/opacity_pixel.hpp"
#include "kernels/unaligned.hpp"

namespace cogmill::kernels::cuda {
namespace {

template <class T>
struct Fill {
  PlaneView<T> plane;
  T value;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    plane.row(row)[col] = value;
  }
};

template <class T>
struct FillInvalid {
  PlaneView<T> plane;
  PlaneView<const std::uint8_t> valid;
  T value;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    if (valid.row(row)[col] == 0) plane.row(row)[col] = value;
  }
};

struct Unite {
  PlaneView<const std::uint8_t> one;
  PlaneView<std::uint8_t> into;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    std::uint8_t& valid = into.row(row)[col];
    valid = static_cast<std::uint8_t>(valid | one.row(row)[col]);
  }
};

struct HideTransparent {
  PlaneView<const float> density;
  PlaneView<std::uint8_t> valid;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    std::uint8_t& v = valid.row(row)[col];
    v = valid_if_visible(v, density.row(row)[col]);
  }
};

template <class T>
struct ToDensity {
  PlaneView<const T> alpha;
  PlaneView<float> density;
  double scale;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    density.row(row)[col] = density_of_alpha(alpha.row(row)[col], scale);
  }
};

template <class T>
struct ToAlpha {
  PlaneView<const float> density;
  PlaneView<T> alpha;
  double opaque;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    alpha.row(row)[col] = alpha_of_density<T>(density.row(row)[col], opaque);
  }
};

template <class T>
struct FindVisible {
  PlaneView<const T> alpha;
  PlaneView<std::uint8_t> valid;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    valid.row(row)[col] = visibility_of_alpha(alpha.row(row)[col]);
  }
};

template <class T>
struct ValidityToAlpha {
  PlaneView<const std::uint8_t> valid;
  PlaneView<T> alpha;
  double opaque;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    alpha.row(row)[col] = alpha_of_validity<T>(valid.row(row)[col], opaque);
  }
};

}  // namespace

void fill(Plane plane, const std::byte* pixel, Stream stream) {
  visit_pixel_size(size_bytes(plane.type), [&]<class T>(T) {
    for_each_pixel(plane.width, plane.height, stream, "fill a plane on the GPU",
                   Fill<T>{plane.as<T>(), load<T>(pixel)});
  });
}

void fill_invalid(Plane plane, ConstPlane valid, const std::byte* pixel, Stream stream) {
  visit_pixel_size(size_bytes(plane.type), [&]<class T>(T) {
    for_each_pixel(plane.width, plane.height, stream, "fill gaps on the GPU",
                   FillInvalid<T>{plane.as<T>(), valid.as<std::uint8_t>(), load<T>(pixel)});
  });
}

void unite_valid(ConstPlane one, Plane into, Stream stream) {
  for_each_pixel(into.width, into.height, stream, "unite masks on the GPU",
                 Unite{one.as<std::uint8_t>(), into.as<std::uint8_t>()});
}

void hide_transparent(ConstPlane density, Plane valid, Stream stream) {
  for_each_pixel(valid.width, valid.height, stream, "hide transparent pixels on the GPU",
                 HideTransparent{density.as<float>(), valid.as<std::uint8_t>()});
}

void to_density(ConstPlane alpha, Plane density, Stream stream) {
  visit_real_type(alpha.type, [&]<class T>(T) {
    for_each_pixel(alpha.width, alpha.height, stream, "turn alpha into weights on the GPU",
                   ToDensity<T>{alpha.as<T>(), density.as<float>(), 1 / opaque_value(alpha.type)});
  });
}

void to_alpha(ConstPlane density, Plane alpha, Stream stream) {
  visit_real_type(alpha.type, [&]<class T>(T) {
    for_each_pixel(alpha.width, alpha.height, stream, "turn weights into alpha on the GPU",
                   ToAlpha<T>{density.as<float>(), alpha.as<T>(), opaque_value(alpha.type)});
  });
}

void find_visible(ConstPlane alpha, Plane valid, Stream stream) {
  visit_real_type(alpha.type, [&]<class T>(T) {
    for_each_pixel(valid.width, valid.height, stream, "find visible pixels on the GPU",
                   FindVisible<T>{alpha.as<T>(), valid.as<std::uint8_t>()});
  });
}

void validity_to_alpha(ConstPlane valid, Plane alpha, Stream stream) {
  visit_real_type(alpha.type, [&]<class T>(T) {
    for_each_pixel(
        alpha.width, alpha.height, stream, "turn a mask into alpha on the GPU",
        ValidityToAlpha<T>{valid.as<std::uint8_t>(), alpha.as<T>(), opaque_value(alpha.type)});
  });
}

}  // namespace cogmill::kernels::cuda
