// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/convert_pixel.hpp"
#include "kernels/run_on.hpp"
#include "kernels/warp/band_view.hpp"
#include "kernels/warp/point_strip.hpp"

#include <algorithm>
#include <memory>

namespace cogmill::kernels::warp {
namespace {

struct NearestScratch {
  StripOf<double> x, y;
  StripOf<std::int32_t> col, row, on_col, on_row;
  StripOf<std::uint8_t> on_image, valid;
  std::int64_t offset[kSegment];
};

/// Indices of the pixels under the positions; where there is none, a safe one.
template <bool kPeriodic>
void find_pixels_of(SourceAxis a, int n, double* position, std::int32_t* on, std::int32_t* index) {
  a.periodic = kPeriodic;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const double p = within_turn(a, position[i]);
    if constexpr (kPeriodic) position[i] = p;
    const AxisPixel at = place_pixel(a, p);
    on[i] = at.on;
    index[i] = at.index;
  }
}

void find_pixels(const SourceAxis& axis, int n, double* position, std::int32_t* on,
                 std::int32_t* index) {
  if (axis.periodic)
    find_pixels_of<true>(axis, n, position, on, index);
  else
    find_pixels_of<false>(axis, n, position, on, index);
}

void place(const Job& job, const Strip& strip, NearestScratch& s) {
  const auto n = static_cast<std::size_t>(strip.count);
  row_positions(*job.map, job.col + strip.col, job.row + strip.row, {s.x.data(), n},
                {s.y.data(), n});
  find_pixels(job.across, strip.count, s.x.data(), s.on_col.data(), s.col.data());
  find_pixels(job.down, strip.count, s.y.data(), s.on_row.data(), s.row.data());
  for (std::size_t i = 0; i < n; ++i)
    s.on_image[i] = static_cast<std::uint8_t>(-(s.on_col[i] & s.on_row[i]));
}

void offsets(const NearestScratch& s, int n, std::int64_t stride, std::int64_t* offset) {
  for (int i = 0; i < n; ++i)
    offset[i] = s.row[static_cast<std::size_t>(i)] * stride + s.col[static_cast<std::size_t>(i)];
}

template <class T>
void move(const T* from, const std::int64_t* offset, const std::uint8_t* valid, int n, T* to) {
  const bool all = std::find(valid, valid + n, 0) == valid + n;
  if (all) {
    for (int i = 0; i < n; ++i) to[i] = from[offset[i]];
  } else {
    for (int i = 0; i < n; ++i)
      if (valid[i]) to[i] = from[offset[i]];
  }
}

/// To a wider type: rare, and exact but for 64-bit integers in floats.
[[gnu::noinline]] void move_converted(const WarpBand& band, const NearestScratch& s,
                                      const Strip& strip) {
  visit_real_type(band.source.type, [&]<class From>(From) {
    visit_real_type(band.target.type, [&]<class To>(To) {
      const From* const from = band.source.as<From>().data;
      To* const to = band.target.as<To>().row(strip.row) + strip.col;
      for (int i = 0; i < strip.count; ++i)
        if (s.valid[static_cast<std::size_t>(i)]) to[i] = convert_pixel<To>(from[s.offset[i]]);
    });
  });
}

template <class T>
void run_band(const WarpBand& band, const Strip& strip, NearestScratch& s) {
  const int n = strip.count;
  std::copy_n(s.on_image.begin(), n, s.valid.begin());
  if (band.source_valid.data != nullptr) {
    const auto mask = band.source_valid.as<std::uint8_t>();
    offsets(s, n, mask.stride, s.offset);
    for (int i = 0; i < n; ++i)
      s.valid[static_cast<std::size_t>(i)] =
          mask.data[s.offset[i]] != 0 ? s.valid[static_cast<std::size_t>(i)] : 0;
  }
  offsets(s, n, band.source.stride, s.offset);
  if (band.target.type == band.source.type)
    move(band.source.as<T>().data, s.offset, s.valid.data(), n,
         band.target.as<T>().row(strip.row) + strip.col);
  else
    move_converted(band, s, strip);
  if (band.target_valid.data != nullptr)
    std::copy_n(s.valid.begin(), n,
                band.target_valid.as<std::uint8_t>().row(strip.row) + strip.col);
}

template <class T>
void run(const Job& job) {
  const auto scratch = std::make_unique<NearestScratch>();
  for_each_strip(job, [&](const Strip& strip) {
    place(job, strip, *scratch);
    for (const WarpBand& band : job.bands) run_band<T>(band, strip, *scratch);
  });
}

}  // namespace

void warp_nearest(const Job& job, InstructionSet set) {
  visit_pixel_size(size_bytes(job.bands.front().source.type),
                   [&]<class T>(T) { run_on(set, [&] { run<T>(job); }); });
}

}  // namespace cogmill::kernels::warp
