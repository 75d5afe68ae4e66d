// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/convert_plane.hpp"
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

template <class T>
struct HideTransparent {
  PlaneView<const T> alpha;
  PlaneView<std::uint8_t> valid;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    std::uint8_t& v = valid.row(row)[col];
    v = valid_if_visible(v, alpha.row(row)[col]);
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

template <class From, class To>
struct ConvertAlpha {
  PlaneView<const From> from;
  PlaneView<To> to;
  double factor;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    to.row(row)[col] = kernels::convert_alpha<To>(from.row(row)[col], factor);
  }
};

template <class T>
struct LimitToAlpha {
  PlaneView<const T> alpha;
  PlaneView<T> colour;
  COGMILL_HD void operator()(std::int64_t col, std::int64_t row) const {
    T& pixel = colour.row(row)[col];
    pixel = limited_to_alpha(alpha.row(row)[col], pixel);
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

void hide_transparent(ConstPlane alpha, Plane valid, Stream stream) {
  visit_real_type(alpha.type, [&]<class T>(T) {
    for_each_pixel(valid.width, valid.height, stream, "hide transparent pixels on the GPU",
                   HideTransparent<T>{alpha.as<T>(), valid.as<std::uint8_t>()});
  });
}

void to_density(ConstPlane alpha, Plane density, Stream stream) {
  visit_real_type(alpha.type, [&]<class T>(T) {
    for_each_pixel(alpha.width, alpha.height, stream, "turn alpha into weights on the GPU",
                   ToDensity<T>{alpha.as<T>(), density.as<float>(), 1 / opaque_value(alpha.type)});
  });
}

void convert_alpha(ConstPlane from, Plane to, double factor, Stream stream) {
  if (from.type == to.type) return convert_plane(from, to, stream);
  visit_real_type(from.type, [&]<class From>(From) {
    visit_real_type(to.type, [&]<class To>(To) {
      for_each_pixel(to.width, to.height, stream, "convert alpha on the GPU",
                     ConvertAlpha<From, To>{from.as<From>(), to.as<To>(), factor});
    });
  });
}

void limit_to_alpha(ConstPlane alpha, Plane colour, Stream stream) {
  visit_real_type(colour.type, [&]<class T>(T) {
    for_each_pixel(colour.width, colour.height, stream, "limit colours to alpha on the GPU",
                   LimitToAlpha<T>{alpha.as<T>(), colour.as<T>()});
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
