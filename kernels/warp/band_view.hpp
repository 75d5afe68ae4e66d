// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/point_place.hpp"
#include "kernels/warp/sampler.hpp"
#include "kernels/warp/warp_job.hpp"
#include "kernels/warp/warp_store.hpp"

#include <algorithm>
#include <cstdint>

/// Typed views of the bands of a job, and how results get into them.
namespace cogmill::kernels::warp {

template <class T>
Sampler<T> sampler_of(const Job& job, const WarpBand& band) {
  PlaneView<const std::uint8_t> valid;
  if (band.source_valid.data != nullptr) valid = band.source_valid.as<std::uint8_t>();
  return {band.source.as<T>(), valid, job.across, job.down};
}

/// @return whether the masks allow an output pixel at this position, by the pixel under it
/// @pre the position is_on_image
inline bool has_centre(const Job& job, const WarpBand& band, double x, double y) {
  if (job.kernel.centre == CentreRule::kNone) return true;
  const PixelUnder at = pixel_under(job.across, job.down, x, y);
  if (!at.held) return false;
  const auto valid_in = [&](const WarpBand& b) {
    return b.source_valid.data == nullptr ||
           b.source_valid.as<std::uint8_t>().row(at.row)[at.col] != 0;
  };
  if (job.kernel.centre == CentreRule::kBand) return valid_in(band);
  return std::any_of(job.all_bands.begin(), job.all_bands.end(), valid_in);
}

/// Results of one strip of one band.
template <class W>
struct Results {
  alignas(32) W value[kSegment];
  std::uint8_t valid[kSegment];  ///< 0 or 255
  bool all = false;              ///< every one is valid
};

/// Stores computed values, in the target's type.
template <class W>
void store_values(const WarpBand& band, const Strip& strip, const Results<W>& results) {
  visit_real_type(band.target.type, [&]<class Target>(Target) {
    store_row(results.value, results.valid, results.all, strip.count,
              band.target.as<Target>().row(strip.row) + strip.col);
  });
}

/// Stores validity if it is wanted.
inline void store_validity(const WarpBand& band, const Strip& strip, const std::uint8_t* valid) {
  if (band.target_valid.data != nullptr)
    std::copy_n(valid, strip.count,
                band.target_valid.as<std::uint8_t>().row(strip.row) + strip.col);
}

}  // namespace cogmill::kernels::warp
