// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/pixel_groups.hpp"

#include <algorithm>
#include <stdexcept>

namespace cogmill::kernels::warp {
namespace {

using Mask = Rows<const std::uint8_t>;

template <class T>
Rows<T> rows_of(const PlaneView<T>& view) {
  return {view.data, view.stride};
}
Mask mask_of(const ConstPlane& valid) {
  return {reinterpret_cast<const std::uint8_t*>(valid.data), valid.stride};
}

/// Those that may hide a pixel; none if a band of the call has none, for then nothing is hidden.
std::vector<Mask> different_masks(std::span<const WarpBand> bands) {
  std::vector<Mask> masks;
  for (const WarpBand& band : bands) {
    const Mask mask = mask_of(band.source_valid);
    if (mask.data == nullptr) return {};
    const auto same = [&](const Mask& m) { return m.data == mask.data && m.stride == mask.stride; };
    if (std::none_of(masks.begin(), masks.end(), same)) masks.push_back(mask);
  }
  return masks;
}

PixelBand pixel_band_of(const WarpBand& band) {
  PixelBand out;
  out.source = {band.source.data, band.source.stride};
  out.valid = mask_of(band.source_valid);
  out.density = rows_of(band.source_density);
  out.target = {band.target.data, band.target.stride};
  out.target_valid = {reinterpret_cast<std::uint8_t*>(band.target_valid.data),
                      band.target_valid.stride};
  out.target_type = band.target.type;
  return out;
}

PixelJob without_bands(const Job& job, const MapView& map, std::span<const Mask> masks) {
  PixelJob out;
  out.map = map;
  out.across = job.across;
  out.down = job.down;
  out.col = job.col;
  out.row = job.row;
  out.width = job.width;
  out.height = job.height;
  out.resampling = job.kernel.resampling;
  out.centre = job.kernel.centre;
  out.x_scale = job.kernel.x_scale;
  out.y_scale = job.kernel.y_scale;
  out.mask_count = static_cast<int>(masks.size());
  std::copy(masks.begin(), masks.end(), out.masks);
  return out;
}

bool same_types(const WarpBand& a, const WarpBand& b) {
  return a.source.type == b.source.type && a.target.type == b.target.type;
}

bool is_plain(const WarpBand& band) {
  return band.source_density.data == nullptr && band.target.type == band.source.type;
}

}  // namespace

bool has_pixel_functor(const WarpKernel& kernel, std::span<const DataType> types,
                       std::size_t masks) {
  const bool moves = kernel.resampling == WarpResampling::kNearest;
  if (!moves && std::any_of(types.begin(), types.end(), is_complex)) return false;
  return kernel.centre != CentreRule::kAnyBand || masks <= kMostMasks;
}

std::vector<PixelGroup> pixel_groups(const Job& job, const MapView& map) {
  const bool any_band = job.kernel.centre == CentreRule::kAnyBand;
  const auto masks = any_band ? different_masks(job.all_bands) : std::vector<Mask>();
  std::vector<DataType> types;
  for (const WarpBand& band : job.all_bands) types.push_back(band.source.type);
  if (!has_pixel_functor(job.kernel, types, masks.size()))
    throw std::invalid_argument("warp_block: not pixel by pixel");
  std::vector<PixelGroup> groups;
  for (std::size_t i = 0; i < job.all_bands.size(); ++i) {
    const WarpBand& band = job.all_bands[i];
    const bool goes_on = i > 0 && same_types(job.all_bands[i - 1], band) &&
                         groups.back().job.band_count < kMostPixelBands;
    if (!goes_on) groups.push_back({without_bands(job, map, masks), band.source.type});
    PixelJob& into = groups.back().job;
    into.bands[into.band_count++] = pixel_band_of(band);
    into.plain = into.plain && is_plain(band);
  }
  return groups;
}

}  // namespace cogmill::kernels::warp
