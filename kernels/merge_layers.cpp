// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/merge_layers.hpp"

#include "kernels/convert_pixel.hpp"

#include <type_traits>

namespace cogmill::kernels {
namespace {

constexpr std::uint8_t kValid = 255;

template <class T>
bool is_number(T v) {
  if constexpr (std::is_floating_point_v<T>)
    return v == v;
  else
    return true;
}

/// Calls take(pixel, result, result valid) for each pixel of the layer that has data.
template <class T, class Take>
void for_data(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid, Take take) {
  const auto from = layer.as<T>();
  for (std::int64_t row = 0; row < layer.height; ++row) {
    const T* in = from.row(row);
    const std::uint8_t* data = layer_valid.as<std::uint8_t>().row(row);
    T* out = into.as<T>().row(row);
    std::uint8_t* known = valid.as<std::uint8_t>().row(row);
    for (std::int64_t col = 0; col < layer.width; ++col)
      if (data[col] != 0 && is_number(in[col])) take(in[col], out[col], known[col]);
  }
}

template <class T>
std::int64_t fill(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid) {
  std::int64_t taken = 0;
  for_data<T>(layer, layer_valid, into, valid, [&](T in, T& out, std::uint8_t& known) {
    if (known != 0) return;
    out = in;
    known = kValid;
    ++taken;
  });
  return taken;
}

}  // namespace

std::int64_t fill_gaps(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid) {
  if (layer.type == DataType::kFloat32) return fill<float>(layer, layer_valid, into, valid);
  if (layer.type == DataType::kFloat64) return fill<double>(layer, layer_valid, into, valid);
  return visit_pixel_size(size_bytes(layer.type),
                          [&]<class T>(T) { return fill<T>(layer, layer_valid, into, valid); });
}

void keep_smaller(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid) {
  visit_real_type(layer.type, [&]<class T>(T) {
    for_data<T>(layer, layer_valid, into, valid, [](T in, T& out, std::uint8_t& known) {
      if (known == 0 || in < out) out = in;
      known = kValid;
    });
  });
}

void keep_larger(ConstPlane layer, ConstPlane layer_valid, Plane into, Plane valid) {
  visit_real_type(layer.type, [&]<class T>(T) {
    for_data<T>(layer, layer_valid, into, valid, [](T in, T& out, std::uint8_t& known) {
      if (known == 0 || in > out) out = in;
      known = kValid;
    });
  });
}

void add_up(ConstPlane layer, ConstPlane layer_valid, PlaneView<double> sum,
            PlaneView<std::uint32_t> count) {
  visit_real_type(layer.type, [&]<class T>(T) {
    const auto from = layer.as<T>();
    for (std::int64_t row = 0; row < layer.height; ++row) {
      const T* in = from.row(row);
      const std::uint8_t* data = layer_valid.as<std::uint8_t>().row(row);
      double* total = sum.row(row);
      std::uint32_t* n = count.row(row);
      for (std::int64_t col = 0; col < layer.width; ++col) {
        if (data[col] == 0 || !is_number(in[col])) continue;
        total[col] += static_cast<double>(in[col]);
        ++n[col];
      }
    }
  });
}

void divide_sums(PlaneView<const double> sum, PlaneView<const std::uint32_t> count, Plane into,
                 Plane valid) {
  visit_real_type(into.type, [&]<class T>(T) {
    for (std::int64_t row = 0; row < into.height; ++row) {
      T* out = into.as<T>().row(row);
      std::uint8_t* known = valid.as<std::uint8_t>().row(row);
      for (std::int64_t col = 0; col < into.width; ++col) {
        const std::uint32_t n = count.row(row)[col];
        known[col] = n > 0 ? kValid : 0;
        if (n > 0) out[col] = convert_pixel<T>(sum.row(row)[col] / static_cast<double>(n));
      }
    }
  });
}

}  // namespace cogmill::kernels
