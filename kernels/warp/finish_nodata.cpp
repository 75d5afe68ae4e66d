// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/complex_view.hpp"
#include "kernels/warp/nodata_pixel.hpp"
#include "kernels/warp/warp.hpp"

#include <cstdint>
#include <optional>

namespace cogmill::kernels {
namespace {

template <class T>
std::int64_t finish(PlaneView<T> pixels, PlaneView<const std::uint8_t> valid,
                    const warp::NodataFinish<T>& finished) {
  std::int64_t count = 0;
  for (std::int64_t r = 0; r < pixels.height; ++r) {
    T* const row = pixels.row(r);
    const std::uint8_t* const ok = valid.row(r);
    for (std::int64_t c = 0; c < pixels.width; ++c) {
      count += finished.collides(row[c], ok[c]);
      row[c] = finished(row[c], ok[c]);
    }
  }
  return count;
}

template <class T>
std::int64_t finish_complex(Plane pixels, PlaneView<const std::uint8_t> valid,
                            const warp::NodataFinish<T>& finished) {
  std::int64_t count = 0;
  const PlaneView<T> parts = parts_of<T>(pixels);
  for (std::int64_t r = 0; r < pixels.height; ++r)
    for (std::int64_t c = 0; c < pixels.width; ++c)
      count += finished.complex(parts.row(r) + 2 * c, valid.row(r)[c]);
  return count;
}

template <class T>
void invalidate(PlaneView<const T> pixels, T nodata, PlaneView<std::uint8_t> valid) {
  const auto is_hole = NodataTest<T>::around(nodata);
  for (std::int64_t r = 0; r < pixels.height; ++r) {
    const T* const row = pixels.row(r);
    std::uint8_t* const ok = valid.row(r);
    for (std::int64_t c = 0; c < pixels.width; ++c)
      ok[c] = warp::valid_unless(is_hole, row[c], ok[c]);
  }
}

/// A complex pixel is nodata if its real part is, as in GDAL where no imaginary nodata is given.
template <class T>
void invalidate_complex(ConstPlane pixels, T nodata, PlaneView<std::uint8_t> valid) {
  const auto is_hole = NodataTest<T>::around(nodata);
  for (std::int64_t r = 0; r < pixels.height; ++r) {
    const T* const row = parts_of<T>(pixels).row(r);
    for (std::int64_t c = 0; c < pixels.width; ++c)
      if (is_hole(row[2 * c])) valid.row(r)[c] = 0;
  }
}

}  // namespace

std::int64_t finish_nodata(Plane pixels, ConstPlane valid, const std::optional<Nodata>& nodata) {
  const auto ok = valid.as<std::uint8_t>();
  if (is_complex(pixels.type))
    return visit_real_type(component_of(pixels.type), [&]<class T>(T) {
      const std::optional<T> value = nodata ? nodata->as<T>() : std::nullopt;
      return finish_complex(pixels, ok, warp::NodataFinish<T>(value));
    });
  return visit_real_type(pixels.type, [&]<class T>(T) {
    const std::optional<T> value = nodata ? nodata->as<T>() : std::nullopt;
    return finish(pixels.as<T>(), ok, warp::NodataFinish<T>(value));
  });
}

void invalidate_nodata(ConstPlane pixels, const Nodata& nodata, Plane valid) {
  const auto ok = valid.as<std::uint8_t>();
  if (is_complex(pixels.type)) {
    visit_real_type(component_of(pixels.type), [&]<class T>(T) {
      if (const auto value = nodata.as<T>()) invalidate_complex(pixels, *value, ok);
    });
    return;
  }
  visit_real_type(pixels.type, [&]<class T>(T) {
    if (const auto value = nodata.as<T>()) invalidate(pixels.as<T>(), *value, ok);
  });
}

}  // namespace cogmill::kernels
