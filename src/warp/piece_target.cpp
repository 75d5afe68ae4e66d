// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/piece_target.hpp"

#include "kernels/tile_pack.hpp"
#include "src/io/source.hpp"
#include "src/io/validity.hpp"
#include "src/warp/for_strips.hpp"
#include "src/warp/opacity.hpp"
#include "src/warp/warped_source.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace cogmill::warp {
namespace {

using kernels::DataType;
using kernels::Plane;

constexpr std::int64_t kRowsPerTask = 64;

}  // namespace

void PieceTarget::begin(std::span<const int> bands, std::span<const int> image, int alpha_band,
                        std::span<const Plane> planes, const partition::Window& part) {
  bands_.assign(bands.begin(), bands.end());
  image_.assign(image.begin(), image.end());
  alpha_band_ = alpha_band;
  planes_.clear();
  for (const Plane& plane : planes)
    planes_.push_back(plane.crop(part.col, part.row, part.width, part.height));
  valid_.reset(part, std::vector<DataType>(image_.size(), DataType::kUInt8));
  for (const Plane& valid : valid_.all()) kernels::fill(valid, &io::kInvalid);
  const DataType weight = DataType::kFloat32;
  const bool opacity = std::ranges::count(bands_, alpha_band_) > 0 && alpha_band_ > 0;
  density_.reset(part, std::span(&weight, opacity ? 1 : 0));
  if (opacity) {
    constexpr std::byte kZero[4] = {};
    kernels::fill(density_.plane(0), kZero);
  }
  const DataType unasked = DataType::kFloat64;  // as wide as any
  const bool all = std::ranges::all_of(
      image_, [this](int band) { return std::ranges::count(bands_, band) > 0; });
  unasked_.reset(part, std::span(&unasked, all ? 0 : 1));
  resampled_.clear();
  for (const int band : image_) {
    const auto place = std::ranges::find(bands_, band);
    resampled_.push_back(place == bands_.end()
                             ? unasked_.plane(0)
                             : planes_[static_cast<std::size_t>(place - bands_.begin())]);
  }
}

void PieceTarget::fill_in(std::size_t i, std::int64_t first, std::int64_t rows,
                          kernels::WarpBand& band) const {
  band.target = rows_of(resampled_[i], first, rows);
  band.target_valid = rows_of(valid_.plane(i), first, rows);
  if (density_.planes() == 0 || i > 0) return;
  const auto weights = rows_of(density_.plane(0), first, rows).as<float>();
  band.target_density = weights;
}

/// Fills the planes that stand for the validity of one band.
void PieceTarget::copy_valid() const {
  for (std::size_t p = 0; p < bands_.size(); ++p) {
    const int band = band_of_validity(bands_[p]);
    if (band == 0) continue;
    const auto place = std::ranges::find(image_, band);
    validity_to_alpha(valid_.plane(static_cast<std::size_t>(place - image_.begin())), planes_[p]);
  }
}

/// The first band's validity becomes that of any band.
void PieceTarget::unite_valid() {
  const Plane any = valid_.plane(0);
  for_strips(any.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    const auto count = rows * any.width;
    std::uint8_t* into = any.as<std::uint8_t>().row(first);
    for (std::size_t i = 1; i < valid_.planes(); ++i) {
      const std::uint8_t* one = valid_.plane(i).as<std::uint8_t>().row(first);
      for (std::int64_t p = 0; p < count; ++p) into[p] |= one[p];
    }
  });
}

std::int64_t PieceTarget::finish(const std::vector<std::optional<kernels::Nodata>>& nodata) {
  std::atomic<std::int64_t> moved = 0;
  for (std::size_t i = 0; i < image_.size(); ++i) {
    const auto& value = nodata[static_cast<std::size_t>(image_[i]) - 1];
    for_strips(resampled_[i].height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
      moved += kernels::finish_nodata(rows_of(resampled_[i], first, rows),
                                      rows_of(valid_.plane(i), first, rows), value);
    });
  }
  copy_valid();
  const bool anywhere = std::ranges::any_of(
      bands_, [](int band) { return band == io::kMaskBand || band == kAddedAlphaBand; });
  if (anywhere) unite_valid();
  for (std::size_t p = 0; p < bands_.size(); ++p) {
    const Plane out = planes_[p];
    if (bands_[p] == io::kMaskBand || bands_[p] == kAddedAlphaBand)
      validity_to_alpha(valid_.plane(0), out);  // a mask is an alpha of Byte
    else if (bands_[p] == alpha_band_)
      to_alpha(density_.plane(0), out);
  }
  return moved;
}

}  // namespace cogmill::warp
