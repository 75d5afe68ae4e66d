// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/merge_layers.hpp"

#include "kernels/merge_pixel.hpp"

#include <algorithm>
#include <cstring>

namespace cogmill::kernels {

void merge_layer(MergeMethod method, ConstPlane layer, ConstPlane layer_valid, Plane into,
                 Plane valid) {
  visit_merge(method, layer.type, [&]<class T>(T, auto take) {
    for (std::int64_t row = 0; row < layer.height; ++row) {
      const T* const in = layer.as<T>().row(row);
      const std::uint8_t* const data = layer_valid.as<std::uint8_t>().row(row);
      T* const out = into.as<T>().row(row);
      std::uint8_t* const known = valid.as<std::uint8_t>().row(row);
      for (std::int64_t col = 0; col < layer.width; ++col)
        if (has_data(in[col], data[col])) take(in[col], out[col], known[col]);
    }
  });
}

void add_up(ConstPlane layer, ConstPlane layer_valid, Plane sum, Plane count) {
  visit_real_type(layer.type, [&]<class T>(T) {
    for (std::int64_t row = 0; row < layer.height; ++row) {
      const T* const in = layer.as<T>().row(row);
      const std::uint8_t* const data = layer_valid.as<std::uint8_t>().row(row);
      double* const total = sum.as<double>().row(row);
      std::uint32_t* const n = count.as<std::uint32_t>().row(row);
      for (std::int64_t col = 0; col < layer.width; ++col)
        add_pixel(in[col], data[col], total[col], n[col]);
    }
  });
}

void divide_sums(ConstPlane sum, ConstPlane count, Plane into, Plane valid) {
  visit_real_type(into.type, [&]<class T>(T) {
    for (std::int64_t row = 0; row < into.height; ++row) {
      const double* const total = sum.as<double>().row(row);
      const std::uint32_t* const n = count.as<std::uint32_t>().row(row);
      T* const out = into.as<T>().row(row);
      std::uint8_t* const known = valid.as<std::uint8_t>().row(row);
      for (std::int64_t col = 0; col < into.width; ++col)
        divide_pixel(total[col], n[col], out[col], known[col]);
    }
  });
}

PixelBounds find_gaps(std::span<const Plane> valid) {
  PixelBounds gaps;
  const auto add = [&](std::int64_t begin, std::int64_t end, std::int64_t row) {
    const bool first = gaps.row_end == 0;
    gaps = {first ? begin : std::min(gaps.col, begin), first ? row : std::min(gaps.row, row),
            std::max(gaps.col_end, end), std::max(gaps.row_end, row + 1)};
  };
  for (const Plane& plane : valid)
    for (std::int64_t row = 0; row < plane.height; ++row) {
      const auto width = static_cast<std::size_t>(plane.width);
      const std::byte* const bytes = plane.row(row);
      const void* const begin = std::memchr(bytes, 0, width);
      if (begin == nullptr) continue;
      const void* const end = ::memrchr(bytes, 0, width);
      add(static_cast<const std::byte*>(begin) - bytes,
          static_cast<const std::byte*>(end) - bytes + 1, row);
    }
  return gaps;
}

}  // namespace cogmill::kernels
