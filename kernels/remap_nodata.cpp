// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/remap_nodata.hpp"

#include "kernels/complex_view.hpp"
#include "kernels/remap_pixel.hpp"

namespace cogmill::kernels {
namespace {

template <class T>
std::int64_t remap_complex(ConstPlane src, const std::optional<Nodata>& from, Plane dst,
                           const Nodata& to) {
  const auto new_value = to.as<T>();
  if (!new_value) return 0;
  const RemapPixel<T, T> remap(from ? from->as<T>() : std::nullopt, *new_value);
  std::int64_t moved = 0;
  for (std::int64_t row = 0; row < src.height; ++row) {
    const T* in = parts_of<T>(src).row(row);
    T* out = parts_of<T>(dst).row(row);
    for (std::int64_t col = 0; col < src.width; ++col)
      moved += remap.complex(in + 2 * col, out + 2 * col);
  }
  return moved;
}

}  // namespace

std::int64_t remap_nodata(ConstPlane src, const std::optional<Nodata>& from, Plane dst,
                          const Nodata& to) {
  if (is_complex(src.type))
    return visit_real_type(component_of(src.type),
                           [&]<class T>(T) { return remap_complex<T>(src, from, dst, to); });
  std::int64_t moved = 0;
  visit_real_type(src.type, [&]<class S>(S) {
    visit_real_type(dst.type, [&]<class D>(D) {
      const auto new_value = to.as<D>();
      if (!new_value) return;
      const RemapPixel<S, D> remap(from ? from->as<S>() : std::nullopt, *new_value);
      for (std::int64_t row = 0; row < src.height; ++row) {
        const S* in = src.as<S>().row(row);
        D* out = dst.as<D>().row(row);
        for (std::int64_t col = 0; col < src.width; ++col) moved += remap(in[col], out[col]);
      }
    });
  });
  return moved;
}

}  // namespace cogmill::kernels
