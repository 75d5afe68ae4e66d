// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/convert_pixel.hpp"
#include "kernels/warp/pixel_job.hpp"

#include <cstdint>
#include <type_traits>

/// The pixel under each centre. Host and device.
namespace cogmill::kernels::warp {

/// Moves a pixel, or converts it to a wider type: rare, and exact but for 64-bit integers in
/// floats.
template <class T>
struct ConvertTo {
  std::byte* plane;
  std::int64_t index;
  T pixel;

  template <class To>
  COGMILL_HD void operator()(To) const {
    reinterpret_cast<To*>(plane)[index] = convert_pixel<To>(pixel);
  }
};

/// @tparam T the source's type; an unsigned integer or Pixel16 of its size where `moves`
template <class T, bool moves>
struct NearestPixel {
  PixelJob job;
  COGMILL_HD const PixelJob& pixel_job() const { return job; }

  COGMILL_HD void operator()(PixelAt at, MapLeaf& leaf) const {
    const PixelPoint p = centre_of(job, at, leaf);
    const AxisPixel across = place_pixel(job.across, p.x), down = place_pixel(job.down, p.y);
    for (int b = 0; b < job.band_count; ++b) {
      const PixelBand& band = job.bands[b];
      const bool valid =
          (across.on & down.on) != 0 &&
          (band.valid.data == nullptr || fetched(band.valid.row(down.index) + across.index) != 0);
      if (valid) move(band, at, down.index * band.source.stride + across.index);
      if (band.target_valid.data != nullptr)
        band.target_valid.row(at.row)[at.col] = valid ? std::uint8_t{255} : std::uint8_t{0};
    }
  }

 private:
  COGMILL_HD static void move(const PixelBand& band, PixelAt at, std::int64_t from) {
    const std::int64_t to = at.row * band.target.stride + at.col;
    const T* const source = reinterpret_cast<const T*>(band.source.data);
    if constexpr (moves && sizeof(T) == 16)
      reinterpret_cast<T*>(band.target.data)[to] = source[from];
    else if constexpr (moves)
      reinterpret_cast<T*>(band.target.data)[to] = fetched(source + from);
    else
      visit_type_of_pixel(band.target_type,
                          ConvertTo<T>{band.target.data, to, fetched(source + from)});
  }
};

/// Calls f with the functor for pixels of a type.
template <class F>
void visit_nearest_pixel(const PixelJob& job, DataType source, F&& f) {
  if (job.bands[0].target_type == source)
    visit_pixel_size(size_bytes(source), [&]<class T>(T) { f(NearestPixel<T, true>{job}); });
  else
    visit_real_type(source, [&]<class T>(T) { f(NearestPixel<T, false>{job}); });
}

}  // namespace cogmill::kernels::warp
