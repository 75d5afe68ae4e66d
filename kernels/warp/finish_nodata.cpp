// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/pixel_ops.hpp"
#include "kernels/warp/complex_bands.hpp"
#include "kernels/warp/warp.hpp"

#include <cmath>
#include <limits>
#include <type_traits>

namespace cogmill::kernels {
namespace {

/// The value that stands beside nodata, as gdalwarp moves it.
template <class T>
T beside(T nodata) {
  using Limits = std::numeric_limits<T>;
  if constexpr (std::is_integral_v<T>)
    return static_cast<T>(nodata == Limits::min() ? nodata + 1 : nodata - 1);
  else
    return std::nextafter(nodata, nodata == Limits::max() ? T{0} : Limits::max());
}

template <class T>
std::int64_t finish(PlaneView<T> pixels, PlaneView<const std::uint8_t> valid,
                    const std::optional<T>& nodata) {
  const T hole = nodata.value_or(T{0});
  const T moved = beside(hole);
  const bool moves = nodata.has_value();
  std::int64_t count = 0;
  for (std::int64_t r = 0; r < pixels.height; ++r) {
    T* const row = pixels.row(r);
    const std::uint8_t* const ok = valid.row(r);
    for (std::int64_t c = 0; c < pixels.width; ++c) {
      const bool collides = moves & (ok[c] != 0) & (row[c] == hole);
      count += collides;
      row[c] = ok[c] == 0 ? hole : (collides ? moved : row[c]);
    }
  }
  return count;
}

/// Complex pixels: nodata and no imaginary part; valid ones are not moved.
template <class T>
void fill_complex(Plane pixels, PlaneView<const std::uint8_t> valid, T nodata) {
  const PlaneView<T> parts = {reinterpret_cast<T*>(pixels.data), 2 * pixels.width, pixels.height,
                              2 * pixels.stride};
  for (std::int64_t r = 0; r < pixels.height; ++r)
    for (std::int64_t c = 0; c < pixels.width; ++c)
      if (valid.row(r)[c] == 0) {
        parts.row(r)[2 * c] = nodata;
        parts.row(r)[2 * c + 1] = T{0};
      }
}

template <class T>
void invalidate(PlaneView<const T> pixels, T nodata, PlaneView<std::uint8_t> valid) {
  const bool is_nan = !(nodata == nodata);
  for (std::int64_t r = 0; r < pixels.height; ++r) {
    const T* const row = pixels.row(r);
    std::uint8_t* const ok = valid.row(r);
    if (is_nan) {
      for (std::int64_t c = 0; c < pixels.width; ++c)
        ok[c] = row[c] == row[c] ? ok[c] : std::uint8_t{0};
    } else {
      for (std::int64_t c = 0; c < pixels.width; ++c)
        ok[c] = row[c] == nodata ? std::uint8_t{0} : ok[c];
    }
  }
}

/// A complex pixel is nodata if its real part is, as in GDAL where no imaginary nodata is given.
template <class T>
void invalidate_complex(ConstPlane pixels, T nodata, PlaneView<std::uint8_t> valid) {
  for (std::int64_t r = 0; r < pixels.height; ++r) {
    const T* const row = reinterpret_cast<const T*>(pixels.row(r));
    for (std::int64_t c = 0; c < pixels.width; ++c)
      if (row[2 * c] == nodata || (nodata != nodata && row[2 * c] != row[2 * c]))
        valid.row(r)[c] = 0;
  }
}

}  // namespace

std::int64_t finish_nodata(Plane pixels, ConstPlane valid, const std::optional<Nodata>& nodata) {
  const auto ok = valid.as<std::uint8_t>();
  if (is_complex(pixels.type)) {
    visit_real_type(warp::component_of(pixels.type), [&]<class T>(T) {
      const std::optional<T> value = nodata ? nodata->as<T>() : std::nullopt;
      fill_complex(pixels, ok, value.value_or(T{0}));
    });
    return 0;
  }
  return visit_real_type(pixels.type, [&]<class T>(T) {
    return finish(pixels.as<T>(), ok, nodata ? nodata->as<T>() : std::nullopt);
  });
}

void invalidate_nodata(ConstPlane pixels, const Nodata& nodata, Plane valid) {
  const auto ok = valid.as<std::uint8_t>();
  if (is_complex(pixels.type)) {
    visit_real_type(warp::component_of(pixels.type), [&]<class T>(T) {
      if (const auto value = nodata.as<T>()) invalidate_complex(pixels, *value, ok);
    });
    return;
  }
  visit_real_type(pixels.type, [&]<class T>(T) {
    if (const auto value = nodata.as<T>()) invalidate(pixels.as<T>(), *value, ok);
  });
}

}  // namespace cogmill::kernels
