// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/complex_bands.hpp"

#include "kernels/complex_view.hpp"

#include <algorithm>
#include <stdexcept>

namespace cogmill::kernels::warp {
namespace {

/// Methods that treat the two parts of a number alike, and need not order or square numbers.
bool takes_complex(WarpResampling r) {
  return r <= WarpResampling::kAverage || r == WarpResampling::kSum;
}

}  // namespace

Plane HostParts::add_plane(DataType type, std::int64_t width, std::int64_t height) {
  planes_.emplace_back(static_cast<std::size_t>(width * height * size_bytes(type)));
  return {planes_.back().data(), type, width, height, width};
}

void HostParts::take_part(const ConstPlane& pixels, int part, const Plane& to) {
  visit_real_type(to.type, [&]<class T>(T) {
    for (std::int64_t r = 0; r < pixels.height; ++r) {
      const T* const from = parts_of<T>(pixels).row(r) + part;
      T* const row = to.as<T>().row(r);
      for (std::int64_t c = 0; c < pixels.width; ++c) row[c] = from[2 * c];
    }
  });
}

void HostParts::put_part(const ConstPlane& from, const ConstPlane& valid, int part,
                         const Plane& pixels) {
  visit_real_type(from.type, [&]<class T>(T) {
    for (std::int64_t r = 0; r < from.height; ++r) {
      const T* const row = from.as<T>().row(r);
      const std::uint8_t* const ok = valid.as<std::uint8_t>().row(r);
      T* const to = parts_of<T>(pixels).row(r) + part;
      for (std::int64_t c = 0; c < from.width; ++c)
        if (ok[c] != 0) to[2 * c] = row[c];
    }
  });
}

SplitBands::SplitBands(std::span<const WarpBand> bands, ComplexParts& parts)
    : bands_(bands), parts_(parts) {
  for (const WarpBand& band : bands) {
    if (is_complex(band.source.type))
      split(band);
    else
      split_.push_back(band);
  }
}

void SplitBands::split(const WarpBand& band) {
  const ConstPlane& source = band.source;
  const ConstPlane target = band.target;
  Plane valid = band.target_valid;
  if (valid.data == nullptr)
    valid = parts_.add_plane(DataType::kUInt8, target.width, target.height);
  for (const int part : {0, 1}) {
    WarpBand real = band;
    const Plane samples = parts_.add_plane(component_of(source.type), source.width, source.height);
    parts_.take_part(source, part, samples);
    real.source = samples;
    real.target = parts_.add_plane(component_of(target.type), target.width, target.height);
    real.target_valid = valid;
    split_.push_back(real);
  }
}

void SplitBands::join() const {
  std::size_t next = 0;
  for (const WarpBand& band : bands_) {
    const bool complex = is_complex(band.source.type);
    for (int part = 0; complex && part < 2; ++part) {
      const WarpBand& real = split_[next + static_cast<std::size_t>(part)];
      parts_.put_part(real.target, real.target_valid, part, band.target);
    }
    next += complex ? 2 : 1;
  }
}

bool needs_split(WarpResampling resampling, std::span<const WarpBand> bands) {
  if (resampling == WarpResampling::kNearest) return false;
  const bool complex =
      std::ranges::any_of(bands, [](const WarpBand& b) { return is_complex(b.source.type); });
  if (complex && !takes_complex(resampling))
    throw std::invalid_argument("warp_block: complex pixels have no order and no rms");
  return complex;
}

}  // namespace cogmill::kernels::warp
