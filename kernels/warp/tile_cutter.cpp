// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/tile_cutter.hpp"

#include "kernels/evaluate.hpp"
#include "kernels/warp/set_all_invalid.hpp"

#include <algorithm>
#include <cmath>

namespace cogmill::kernels::warp {
namespace {

/// Few rows where an output pixel covers many samples, so that those of a tile stay a few
/// megabytes.
std::int64_t tile_height(const WarpKernel& kernel) {
  return kernel.x_scale >= 0.5 && kernel.y_scale >= 0.5 ? 32 : 8;
}

SourceAxis cropped(SourceAxis axis, std::int64_t first, std::int64_t count) {
  const auto from = static_cast<double>(first), n = static_cast<double>(count);
  axis.origin += from;
  axis.begin = std::clamp(axis.begin - from, 0.0, n);
  axis.end = std::clamp(axis.end - from, 0.0, n);
  return axis;
}

/// Whole pixels of a block of `size` from `low` - margin to `high` + margin of its image.
std::pair<std::int64_t, std::int64_t> reach(double low, double high, std::int64_t margin,
                                            double origin, std::int64_t size) {
  const auto m = static_cast<double>(margin), n = static_cast<double>(size);
  return {static_cast<std::int64_t>(std::clamp(std::floor(low) - m - origin, 0.0, n)),
          static_cast<std::int64_t>(std::clamp(std::ceil(high) + m - origin, 0.0, n))};
}

}  // namespace

TileCutter::TileCutter(const Job& job, DataType samples)
    : job_(job),
      type_(samples),
      height_(tile_height(job.kernel)),
      tile_(job),
      bands_(job.bands.size()),
      all_bands_(job.kernel.centre == CentreRule::kAnyBand ? job.all_bands.size() : 0),
      samples_(job.bands.size()) {}

TileCutter::Window TileCutter::source_window() const {
  const SourceExtent extent =
      source_extent(*job_.map, tile_.col, tile_.row, tile_.width, tile_.height);
  if (extent.empty()) return {0, 0, 0, 0};
  const WarpMargin margin = margin_of(job_.kernel);
  const auto [left, right] =
      reach(without_gap(job_.across, extent.x_min), without_gap(job_.across, extent.x_max),
            margin.x, job_.across.origin, job_.source_width);
  const auto [top, bottom] =
      reach(extent.y_min, extent.y_max, margin.y, job_.down.origin, job_.source_height);
  return {left, top, right - left, bottom - top};
}

WarpBand TileCutter::crop(const WarpBand& band, const Window& from, const Window& to) const {
  WarpBand out = band;
  const auto cut_plane = [](auto plane, const Window& w) {
    return plane.data == nullptr ? plane : plane.crop(w.col, w.row, w.width, w.height);
  };
  const auto cut_density = [](auto view, const Window& w) {
    if (view.data != nullptr) view = {view.row(w.row) + w.col, w.width, w.height, view.stride};
    return view;
  };
  out.source = cut_plane(band.source, from);
  out.source_valid = cut_plane(band.source_valid, from);
  out.source_density = cut_density(band.source_density, from);
  out.target = cut_plane(band.target, to);
  out.target_valid = cut_plane(band.target_valid, to);
  return out;
}

ConstPlane TileCutter::converted(std::size_t band, const Window& from) {
  const ConstPlane& source = bands_[band].source;
  if (source.type == type_) return source;
  auto& samples = samples_[band];
  const auto bytes = static_cast<std::size_t>(from.width * from.height * size_bytes(type_));
  if (samples.size() < bytes) samples.resize(bytes);
  const Plane plane = {samples.data(), type_, from.width, from.height, from.width};
  convert_plane(source, plane);
  return plane;
}

bool TileCutter::cut(std::int64_t col, std::int64_t row) {
  const Window to = {col, row, std::min<std::int64_t>(kSegment, job_.width - col),
                     std::min(height_, job_.height - row)};
  tile_.col = job_.col + col;
  tile_.row = job_.row + row;
  tile_.width = to.width;
  tile_.height = to.height;
  const Window from = source_window();
  const bool empty = from.width <= 0 || from.height <= 0;
  for (std::size_t b = 0; b < bands_.size(); ++b) bands_[b] = crop(job_.bands[b], from, to);
  if (empty) {
    set_all_invalid(bands_);
    return false;
  }
  for (std::size_t b = 0; b < bands_.size(); ++b) bands_[b].source = converted(b, from);
  for (std::size_t b = 0; b < all_bands_.size(); ++b)
    all_bands_[b] = crop(job_.all_bands[b], from, to);
  tile_.across = cropped(job_.across, from.col, from.width);
  tile_.down = cropped(job_.down, from.row, from.height);
  tile_.source_width = from.width;
  tile_.source_height = from.height;
  tile_.bands = bands_;
  tile_.all_bands = all_bands_;
  return true;
}

}  // namespace cogmill::kernels::warp
