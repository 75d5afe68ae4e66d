// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/layer_merger.hpp"

#include "kernels/merge_layers.hpp"
#include "kernels/tile_pack.hpp"
#include "kernels/warp/warp.hpp"
#include "src/warp/for_strips.hpp"
#include "src/warp/opacity.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

namespace cogmill::warp {
namespace {

using kernels::DataType;
using kernels::Plane;
using partition::Window;

constexpr std::int64_t kRowsPerTask = 64;
constexpr std::array<std::byte, 16> kZero = {};

void clear(const Plane& plane) { fill_in_strips(plane, kZero.data()); }

void clear(const io::PixelBlock& block) {
  for (const Plane& plane : block.all()) clear(plane);
}

/// Adds the gaps (zeros) of a part of a validity plane to the window around gaps.
Window around_gaps(const Plane& valid, const Window& part, Window gaps) {
  const auto width = static_cast<std::size_t>(part.width);
  for (std::int64_t row = 0; row < part.height; ++row) {
    const auto* bytes = valid.as<std::uint8_t>().row(row);
    const void* first = std::memchr(bytes, 0, width);
    if (first == nullptr) continue;
    const void* last = ::memrchr(bytes, 0, width);
    const auto begin = static_cast<const std::uint8_t*>(first) - bytes;
    const auto end = static_cast<const std::uint8_t*>(last) - bytes + 1;
    gaps = partition::bounding(gaps, partition::from_edges(part.col + begin, part.row + row,
                                                           part.col + end, part.row + row + 1));
  }
  return gaps;
}

}  // namespace

void LayerMerger::begin(MosaicMethod method, const Window& window, std::span<const int> bands,
                        std::span<const Plane> planes) {
  method_ = method;
  window_ = window;
  image_.clear();
  pixels_.clear();
  mask_.reset();
  opacity_.reset();
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
  const std::size_t n = image_.size();
  valid_.reset(window, std::vector<DataType>(n + (opacity_ ? 1 : 0), DataType::kUInt8));
  clear(valid_);
  if (opacity_) clear(*opacity_);
  const std::size_t summed = method == MosaicMethod::kMean ? n : 0;
  sums_.reset(window, std::vector<DataType>(summed, DataType::kFloat64));
  counts_.reset(window, std::vector<DataType>(summed, DataType::kUInt32));
  clear(sums_);
  clear(counts_);
}

Window LayerMerger::wanted(const Window& part) const {
  if (!kernels::takes_one(method_)) return part;
  Window gaps;
  const Window at = partition::relative_to(part, window_.col, window_.row);
  for (std::size_t i = 0; i < image_.size(); ++i)
    gaps = around_gaps(valid_.plane(i).crop(at.col, at.row, at.width, at.height), part, gaps);
  return gaps;
}

const io::PixelBlock& LayerMerger::layer_planes(const Window& part, bool alpha) {
  layer_alpha_ = alpha && opacity_;
  std::vector<DataType> types;
  for (const Plane& plane : pixels_) types.push_back(plane.type);
  types.resize(2 * pixels_.size(), DataType::kUInt8);
  if (layer_alpha_) types.push_back(opacity_->type);
  layer_.reset(part, types);
  return layer_;
}

Plane LayerMerger::part_of(const Plane& plane) const {
  const Window at = partition::relative_to(layer_.window(), window_.col, window_.row);
  return plane.crop(at.col, at.row, at.width, at.height);
}

void LayerMerger::merge() {
  for_strips(layer_.window().height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    if (opacity_) merge_opacity(first, rows);
    for (std::size_t i = 0; i < image_.size(); ++i) merge_band(i, first, rows);
  });
}

void LayerMerger::merge_band(std::size_t i, std::int64_t first, std::int64_t rows) {
  const Plane layer = rows_of(layer_.plane(i), first, rows);
  const Plane data = rows_of(layer_.plane(image_.size() + i), first, rows);
  const Plane into = rows_of(part_of(pixels_[i]), first, rows);
  const Plane valid = rows_of(part_of(valid_.plane(i)), first, rows);
  switch (method_) {
    case MosaicMethod::kLast:
    case MosaicMethod::kFirst:
      kernels::fill_gaps(layer, data, into, valid);
      return;
    case MosaicMethod::kMin:
      kernels::keep_smaller(layer, data, into, valid);
      return;
    case MosaicMethod::kMax:
      kernels::keep_larger(layer, data, into, valid);
      return;
    case MosaicMethod::kMean:
      kernels::add_up(layer, data, rows_of(part_of(sums_.plane(i)), first, rows).as<double>(),
                      rows_of(part_of(counts_.plane(i)), first, rows).as<std::uint32_t>());
      return;
  }
}

/// Opacity is valid where any band of the layer is.
void LayerMerger::merge_opacity(std::int64_t first, std::int64_t rows) {
  const std::size_t n = image_.size();
  const Plane into = rows_of(part_of(*opacity_), first, rows);
  const Plane valid = rows_of(part_of(valid_.plane(n)), first, rows);
  io::PixelBlock any_block, full_block;
  const Window shape{0, 0, into.width, rows};
  const DataType byte = DataType::kUInt8;
  any_block.reset(shape, {&byte, 1});
  const Plane any = any_block.plane(0);
  kernels::fill(any, kZero.data());
  for (std::size_t i = 0; i < n; ++i) {
    const Plane data = rows_of(layer_.plane(n + i), first, rows);
    for (std::int64_t row = 0; row < rows; ++row) {
      const auto* one = data.as<std::uint8_t>().row(row);
      auto* all = any.as<std::uint8_t>().row(row);
      for (std::int64_t col = 0; col < any.width; ++col) all[col] |= one[col];
    }
  }
  Plane layer;
  if (layer_alpha_) {
    layer = rows_of(layer_.plane(2 * n), first, rows);
  } else {
    full_block.reset(shape, {&into.type, 1});
    layer = full_block.plane(0);
    validity_to_alpha(any, layer);
  }
  if (kernels::takes_one(method_))
    kernels::fill_gaps(layer, any, into, valid);
  else
    kernels::keep_larger(layer, any, into, valid);
}

std::int64_t LayerMerger::finish_rows(const std::vector<std::optional<kernels::Nodata>>& nodata,
                                      std::int64_t first, std::int64_t rows) {
  std::int64_t moved = 0;
  if (mask_) kernels::fill(rows_of(*mask_, first, rows), kZero.data());
  for (std::size_t i = 0; i < image_.size(); ++i) {
    const Plane pixels = rows_of(pixels_[i], first, rows);
    const Plane valid = rows_of(valid_.plane(i), first, rows);
    if (method_ == MosaicMethod::kMean) {
      const auto sum = rows_of(sums_.plane(i), first, rows).as<double>();
      const auto count = rows_of(counts_.plane(i), first, rows).as<std::uint32_t>();
      kernels::divide_sums({sum.data, sum.width, sum.height, sum.stride},
                           {count.data, count.width, count.height, count.stride}, pixels, valid);
    }
    moved += kernels::finish_nodata(pixels, valid, nodata[static_cast<std::size_t>(image_[i]) - 1]);
    if (!mask_) continue;
    for (std::int64_t row = 0; row < rows; ++row) {
      const auto* one = valid.as<std::uint8_t>().row(row);
      auto* any = mask_->as<std::uint8_t>().row(first + row);
      for (std::int64_t col = 0; col < valid.width; ++col) any[col] |= one[col];
    }
  }
  return moved;
}

std::int64_t LayerMerger::finish(const std::vector<std::optional<kernels::Nodata>>& nodata) {
  std::atomic<std::int64_t> moved = 0;
  for_strips(window_.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    moved += finish_rows(nodata, first, rows);
  });
  return moved;
}

}  // namespace cogmill::warp
