// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/layer_merger.hpp"

#include <array>

namespace cogmill::warp {
namespace {

using kernels::DataType;
using kernels::Plane;
using partition::Window;

constexpr std::array<std::byte, 16> kZero = {};

}  // namespace

LayerMerger::LayerMerger(PlaneEngine& engine, MosaicMethod method, const Window& window,
                         std::span<const int> bands, std::span<const Plane> planes)
    : engine_(engine), method_(method), window_(window) {
  for (std::size_t p = 0; p < planes.size(); ++p) {
    if (bands[p] == io::kMaskBand) {
      mask_ = planes[p];
    } else if (bands[p] == kAddedAlphaBand) {
      opacity_ = planes[p];
    } else {
      image_.push_back(bands[p]);
      pixels_.push_back(planes[p]);
    }
  }
  const auto cleared = [&](Room room, std::size_t count, DataType type) {
    const auto made = engine_.room(room, window, std::vector<DataType>(count, type));
    for (const Plane& plane : made) engine_.fill(plane, kZero.data());
    return made;
  };
  const std::size_t n = image_.size();
  valid_ = cleared(Room::kMerged, n + (opacity_ ? 1 : 0), DataType::kUInt8);
  const std::size_t summed = method == MosaicMethod::kMean ? n : 0;
  sums_ = cleared(Room::kSums, summed, DataType::kFloat64);
  counts_ = cleared(Room::kCounts, summed, DataType::kUInt32);
  if (opacity_) engine_.fill(*opacity_, kZero.data());
}

/// The part of a plane of the window that lies under the layer at hand.
Plane LayerMerger::part_of(const Plane& plane) const {
  const Window at = partition::relative_to(part_, window_.col, window_.row);
  return plane.crop(at.col, at.row, at.width, at.height);
}

Window LayerMerger::wanted(const Window& part) {
  if (!any_merged_ || !kernels::takes_one(method_)) return part;
  part_ = part;
  std::vector<Plane> valid;
  for (std::size_t i = 0; i < image_.size(); ++i) valid.push_back(part_of(valid_[i]));
  const kernels::PixelBounds gaps = engine_.find_gaps(valid);
  return partition::from_edges(part.col + gaps.col, part.row + gaps.row, part.col + gaps.col_end,
                               part.row + gaps.row_end);
}

std::span<const Plane> LayerMerger::layer_planes(const Window& part, bool alpha) {
  part_ = part;
  layer_alpha_ = alpha && opacity_;
  std::vector<DataType> types;
  for (const Plane& plane : pixels_) types.push_back(plane.type);
  types.resize(2 * pixels_.size(), DataType::kUInt8);
  if (layer_alpha_) types.push_back(opacity_->type);
  layer_ = engine_.room(Room::kLayer, part, types);
  return layer_;
}

void LayerMerger::merge() {
  any_merged_ = true;
  if (opacity_) merge_opacity();
  for (std::size_t i = 0; i < image_.size(); ++i) merge_band(i);
}

void LayerMerger::merge_band(std::size_t i) {
  const Plane data = layer_[image_.size() + i];
  if (method_ == MosaicMethod::kMean)
    engine_.add_up(layer_[i], data, part_of(sums_[i]), part_of(counts_[i]));
  else
    engine_.merge_layer(method_, layer_[i], data, part_of(pixels_[i]), part_of(valid_[i]));
}

/// Opacity is valid where any band of the layer is; where several layers count, the largest is
/// kept.
void LayerMerger::merge_opacity() {
  const std::size_t n = image_.size();
  const Plane any = engine_.room(Room::kLayerValid, part_, DataType::kUInt8);
  engine_.fill(any, kZero.data());
  for (const Plane& data : layer_.subspan(n, n)) engine_.unite_valid(data, any);
  Plane layer;
  if (layer_alpha_) {
    layer = layer_[2 * n];
  } else {
    layer = engine_.room(Room::kOpaque, part_, opacity_->type);
    engine_.validity_to_alpha(any, layer);
  }
  engine_.merge_layer(kernels::takes_one(method_) ? method_ : MosaicMethod::kMax, layer, any,
                      part_of(*opacity_), part_of(valid_[n]));
}

void LayerMerger::finish(const std::vector<std::optional<kernels::Nodata>>& nodata) {
  if (mask_) engine_.fill(*mask_, kZero.data());
  for (std::size_t i = 0; i < image_.size(); ++i) {
    if (method_ == MosaicMethod::kMean)
      engine_.divide_sums(sums_[i], counts_[i], pixels_[i], valid_[i]);
    engine_.finish_nodata(pixels_[i], valid_[i], nodata[static_cast<std::size_t>(image_[i]) - 1]);
    if (mask_) engine_.unite_valid(valid_[i], *mask_);
  }
}

}  // namespace cogmill::warp
