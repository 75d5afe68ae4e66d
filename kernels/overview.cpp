// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/overview.hpp"

#include "kernels/overview_detail.hpp"

#include <array>
#include <stdexcept>

namespace cogmill::kernels {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"nearest", "average", "bilinear", "cubic",
                                                    "mode"};

/// Makes every pixel that is not 0 into 255.
void binarize(PlaneView<std::uint8_t> mask) {
  for (std::int64_t r = 0; r < mask.height; ++r) {
    std::uint8_t* row = mask.row(r);
    for (std::int64_t c = 0; c < mask.width; ++c)
      row[c] = static_cast<std::uint8_t>(row[c] != 0 ? 255 : 0);
  }
}

}  // namespace

std::string_view name_of(Resampling resampling) {
  return kNames[static_cast<std::size_t>(resampling)];
}

Range overview_source_range(Resampling resampling, std::int64_t src_size, std::int64_t dst_size,
                            Range dst) {
  const overview::Axis axis{src_size, dst_size};
  switch (resampling) {
    case Resampling::kNearest:
      return {overview::nearest_source(axis, dst.begin),
              overview::nearest_source(axis, dst.end - 1) + 1};
    case Resampling::kAverage:
    case Resampling::kMode:
      return {overview::footprint(axis, dst.begin).begin,
              overview::footprint(axis, dst.end - 1).end};
    case Resampling::kBilinear:
    case Resampling::kCubic: {
      const int radius = overview::kernel_radius(resampling);
      return {overview::support(axis, radius, dst.begin).begin,
              overview::support(axis, radius, dst.end - 1).end};
    }
  }
  throw std::invalid_argument("no such resampling");
}

namespace {

/// Reduces pixels that are all valid but for nodata and mask.
void reduce_once(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
                 const Validity& validity, Plane dst) {
  switch (resampling) {
    case Resampling::kNearest:
      return overview::reduce_nearest(geometry, src, dst);
    case Resampling::kAverage:
      return overview::reduce_average(geometry, src, validity, dst);
    case Resampling::kMode:
      return overview::reduce_mode(geometry, src, validity, dst);
    case Resampling::kBilinear:
    case Resampling::kCubic:
      return overview::reduce_convolution(resampling, geometry, src, validity, dst);
  }
  throw std::invalid_argument("no such resampling");
}

template <class T>
bool has_nan(PlaneView<const T> plane) {
  bool found = false;
  for (std::int64_t r = 0; r < plane.height; ++r)
    for (std::int64_t c = 0; c < plane.width; ++c) found |= plane.row(r)[c] != plane.row(r)[c];
  return found;
}

/// A result is NaN where a source pixel is: those are made again without it.
template <class T>
void leave_out_nan(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
                   ConstPlane mask, Plane dst) {
  const PlaneView<T> pixels = dst.as<T>();
  if (!has_nan<T>(ConstPlane(dst).as<T>())) return;
  std::vector<T> room(static_cast<std::size_t>(dst.width * dst.height));
  const Plane again{reinterpret_cast<std::byte*>(room.data()), dst.type, dst.width, dst.height,
                    dst.width};
  reduce_once(resampling, geometry, src, without_nan(mask), again);
  for (std::int64_t r = 0; r < dst.height; ++r)
    for (std::int64_t c = 0; c < dst.width; ++c)
      if (T& pixel = pixels.row(r)[c]; pixel != pixel) pixel = again.as<T>().row(r)[c];
}

}  // namespace

bool may_leave_out_nan(Resampling resampling, DataType type, const Validity& validity) {
  return resampling != Resampling::kNearest && is_floating(type) && !is_complex(type) &&
         !validity.nodata;
}

void reduce_overview(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
                     const Validity& validity, Plane dst) {
  if (dst.width <= 0 || dst.height <= 0) return;
  reduce_once(resampling, geometry, src, validity, dst);
  if (!may_leave_out_nan(resampling, src.type, validity)) return;
  if (src.type == DataType::kFloat32)
    leave_out_nan<float>(resampling, geometry, src, validity.mask, dst);
  else
    leave_out_nan<double>(resampling, geometry, src, validity.mask, dst);
}

void reduce_mask(Resampling resampling, const OverviewGeometry& geometry, ConstPlane mask,
                 Plane dst) {
  // GDAL reduces a mask as if it were a band that is its own mask; only its mode is a plain vote.
  Validity validity;
  if (resampling != Resampling::kMode) validity.mask = mask;
  reduce_overview(resampling, geometry, mask, validity, dst);
  binarize(dst.as<std::uint8_t>());
}

}  // namespace cogmill::kernels
