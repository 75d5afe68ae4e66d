// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"
#include "kernels/warp/map_view.hpp"
#include "kernels/warp/point_place.hpp"
#include "kernels/warp/sampler.hpp"
#include "kernels/warp/source_axis.hpp"
#include "kernels/warp/store_pixel.hpp"
#include "kernels/warp/warp_kernel.hpp"

#include <cstdint>

/// A warp pixel by pixel: what the functors of pixel_*.hpp compute one output pixel from, for
/// several bands. Host and device; on the device it is a kernel's parameter, so it has a fixed
/// size. A functor has pixel_job() and operator()(PixelAt, MapLeaf& of the last pixel). The CPU's
/// loops (warp_*.cpp) give the same bits, strip by strip.
namespace cogmill::kernels::warp {

/// Rows of a plane whose size everybody knows.
template <class T>
struct Rows {
  T* data = nullptr;
  std::int64_t stride = 0;  ///< [elements]

  COGMILL_HD T* row(std::int64_t r) const { return data + r * stride; }
};

/// WarpBand without types and sizes; data == nullptr as there.
struct PixelBand {
  Rows<const std::byte> source;  ///< stride in pixels
  Rows<const std::uint8_t> valid;
  Rows<const float> density;
  Rows<std::byte> target;  ///< stride in pixels
  Rows<std::uint8_t> target_valid;
  DataType target_type = DataType::kUInt8;
};

inline constexpr int kMostPixelBands = 16;
/// Different masks among which CentreRule::kAnyBand may look.
inline constexpr int kMostMasks = 96;

struct PixelJob {
  MapView map;
  SourceAxis across, down;
  std::int64_t col = 0, row = 0, width = 0, height = 0;  ///< output window [px]
  WarpResampling resampling = WarpResampling::kNearest;
  CentreRule centre = CentreRule::kBand;
  double x_scale = 1, y_scale = 1;
  int band_count = 0, mask_count = 0;
  bool plain = true;                 ///< there are no densities, targets have the source's type
  PixelBand bands[kMostPixelBands];  ///< of one source type
  Rows<const std::uint8_t> masks[kMostMasks];
};

/// An output pixel, counted from the window's first.
struct PixelAt {
  std::int64_t col = 0, row = 0;
};

/// Keeps the leaf of the last pixel, for the next.
COGMILL_HD inline void find_leaf(const PixelJob& job, PixelAt at, MapLeaf& leaf) {
  const std::int64_t col = job.col + at.col, row = job.row + at.row;
  if (!leaf.holds(col, row)) leaf = leaf_at(job.map, col, row);
}

/// @return the position of the centre, its columns within_turn
COGMILL_HD inline PixelPoint centre_of(const PixelJob& job, PixelAt at, MapLeaf& leaf) {
  find_leaf(job, at, leaf);
  PixelPoint p = point_of(job.map, leaf, job.col + at.col, job.row + at.row, {0.5, 0.5});
  p.x = within_turn(job.across, p.x);
  return p;
}

template <class T>
COGMILL_HD inline Sampler<T> sampler_of(const PixelJob& job, const PixelBand& band) {
  return {{reinterpret_cast<const T*>(band.source.data), 0, 0, band.source.stride},
          {band.valid.data, 0, 0, band.valid.stride},
          job.across,
          job.down};
}

/// has_centre of band_view.hpp.   @pre the position is_on_image
COGMILL_HD inline bool has_centre(const PixelJob& job, const PixelBand& band, PixelPoint p) {
  if (job.centre == CentreRule::kNone) return true;
  const PixelUnder at = pixel_under(job.across, job.down, p.x, p.y);
  if (!at.held) return false;
  if (job.centre == CentreRule::kBand)
    return band.valid.data == nullptr || fetched(band.valid.row(at.row) + at.col) != 0;
  for (int i = 0; i < job.mask_count; ++i)
    if (fetched(job.masks[i].row(at.row) + at.col) != 0) return true;
  return job.mask_count == 0;
}

/// Stores one pixel of one band if it is valid, and its validity.
/// @tparam T the source's type
template <class T, class W>
COGMILL_HD inline void store(const PixelBand& band, PixelAt at, W value, bool valid) {
  const std::int64_t index = at.row * band.target.stride + at.col;
  if (valid) store_pixel<T>(band.target.data, index, band.target_type, value);
  if (band.target_valid.data != nullptr)
    band.target_valid.row(at.row)[at.col] = valid ? std::uint8_t{255} : std::uint8_t{0};
}

}  // namespace cogmill::kernels::warp
