// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/piece_target.hpp"

#include "src/io/source.hpp"
#include "src/warp/warped_source.hpp"

#include <algorithm>

namespace cogmill::warp {
namespace {

using kernels::DataType;
using kernels::Plane;

constexpr std::byte kZeros[16] = {};

}  // namespace

void PieceTarget::begin(std::span<const Plane> planes, const partition::Window& part) {
  planes_.clear();
  for (const Plane& plane : planes)
    planes_.push_back(plane.crop(part.col, part.row, part.width, part.height));
  valid_ = engine_.room(Room::kTargetValid, part,
                        std::vector<DataType>(image_.size(), DataType::kUInt8));
  for (const Plane& valid : valid_) engine_.fill(valid, kZeros);
  const auto alpha = std::ranges::find(bands_, alpha_band_);
  alpha_.reset();
  if (alpha_band_ > 0 && alpha != bands_.end())
    alpha_ = planes_[static_cast<std::size_t>(alpha - bands_.begin())];
  resampled_.clear();
  for (const int band : image_) resampled_.push_back(find_plane(band, part));
}

Plane PieceTarget::find_plane(int band, const partition::Window& part) {
  const auto place = std::ranges::find(bands_, band);
  if (place == bands_.end())  // only where it is valid is asked for; as wide as any
    return engine_.room(Room::kUnasked, part, DataType::kFloat64);
  return planes_[static_cast<std::size_t>(place - bands_.begin())];
}

void PieceTarget::fill_in(std::size_t i, kernels::WarpBand& band) const {
  band.target = resampled_[i];
  band.target_valid = valid_[i];
}

/// Fills the planes that stand for the validity of one band.
void PieceTarget::copy_valid() {
  for (std::size_t p = 0; p < bands_.size(); ++p) {
    const int band = band_of_validity(bands_[p]);
    if (band == 0) continue;
    const auto place = std::ranges::find(image_, band);
    engine_.validity_to_alpha(valid_[static_cast<std::size_t>(place - image_.begin())], planes_[p]);
  }
}

void PieceTarget::limit_to(int alpha) {
  const auto place = std::ranges::find(image_, alpha);
  if (place == image_.end()) return;
  const Plane limit = resampled_[static_cast<std::size_t>(place - image_.begin())];
  for (std::size_t i = 0; i < image_.size(); ++i)
    if (image_[i] != alpha && resampled_[i].type == limit.type)
      engine_.limit_to_alpha(limit, resampled_[i]);
}

void PieceTarget::finish(const std::vector<std::optional<kernels::Nodata>>& nodata) {
  for (std::size_t i = 0; i < image_.size(); ++i)
    engine_.finish_nodata(resampled_[i], valid_[i],
                          nodata[static_cast<std::size_t>(image_[i]) - 1]);
  copy_valid();
  const auto anywhere = [](int band) { return band == io::kMaskBand || band == kAddedAlphaBand; };
  if (alpha_ || std::ranges::any_of(bands_, anywhere))
    for (const Plane& valid : valid_.subspan(1)) engine_.unite_valid(valid, valid_[0]);
  if (alpha_) engine_.fill_invalid(*alpha_, valid_[0], kZeros);
  for (std::size_t p = 0; p < bands_.size(); ++p)
    if (anywhere(bands_[p]))
      engine_.validity_to_alpha(valid_[0], planes_[p]);  // a mask is an alpha of Byte
}

}  // namespace cogmill::warp
