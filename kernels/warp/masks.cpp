// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/masks.hpp"

#include <algorithm>

namespace cogmill::kernels::warp {
namespace {

/// Below it GDAL takes a source pixel for transparent.
constexpr float kLeastDensity = 0.000000001F;

std::vector<std::uint8_t> mask_of(const WarpBand& band) {
  std::vector<std::uint8_t> mask(static_cast<std::size_t>(band.source.width * band.source.height));
  std::uint8_t* to = mask.data();
  for (std::int64_t r = 0; r < band.source.height; ++r, to += band.source.width) {
    const float* const density = band.source_density.row(r);
    for (std::int64_t c = 0; c < band.source.width; ++c)
      to[c] = density[c] >= kLeastDensity ? 255 : 0;
    if (band.source_valid.data == nullptr) continue;
    const std::uint8_t* const valid = band.source_valid.as<std::uint8_t>().row(r);
    for (std::int64_t c = 0; c < band.source.width; ++c)
      to[c] = valid[c] != 0 ? to[c] : std::uint8_t{0};
  }
  return mask;
}

}  // namespace

MaskedBands::MaskedBands(std::span<const WarpBand> bands) : bands_(bands.begin(), bands.end()) {
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (bands[i].source_density.data == nullptr) continue;
    const auto same = [&](const WarpBand& b) {
      return b.source_density.data == bands[i].source_density.data &&
             b.source_valid.data == bands[i].source_valid.data;
    };
    const auto earlier = static_cast<std::size_t>(
        std::find_if(bands.begin(), bands.begin() + static_cast<std::ptrdiff_t>(i), same) -
        bands.begin());
    if (earlier < i) {
      bands_[i].source_valid = bands_[earlier].source_valid;
      continue;
    }
    masks_.push_back(mask_of(bands[i]));
    bands_[i].source_valid = {reinterpret_cast<const std::byte*>(masks_.back().data()),
                              DataType::kUInt8, bands[i].source.width, bands[i].source.height,
                              bands[i].source.width};
  }
}

void set_all_invalid(std::span<const WarpBand> bands) {
  for (const WarpBand& band : bands) {
    if (band.target_valid.data != nullptr) {
      const auto valid = band.target_valid.as<std::uint8_t>();
      for (std::int64_t r = 0; r < valid.height; ++r) std::fill_n(valid.row(r), valid.width, 0);
    }
    const auto& density = band.target_density;
    if (density.data == nullptr) continue;
    for (std::int64_t r = 0; r < density.height; ++r)
      std::fill_n(density.row(r), density.width, 0.0F);
  }
}

}  // namespace cogmill::kernels::warp
