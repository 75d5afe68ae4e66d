// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "src/crs/target_grid.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace cogmill::crs {

/// Takes positions of the output image to positions of the source image, exactly: GDAL's
/// transformer (geotransform, GCP, TPS, RPC, geolocation arrays) around PROJ. Thread-safe: every
/// thread has its own GDAL transformer. A position's result never depends on its companions.
class PixelTransformer {
 public:
  virtual ~PixelTransformer() = default;
  /// Replaces output positions by source positions; NaN where there is none, or the output's map
  /// does not reach.
  virtual void transform(std::span<kernels::PixelPoint> points) const = 0;
  /// transform() for positions that are known to be on the output's map: quicker, as nothing is
  /// asked about its outline.
  virtual void transform_on_map(std::span<kernels::PixelPoint> points) const { transform(points); }
  /// Source columns after which the source repeats (360 degrees), if it is geographic and its
  /// columns go round the whole globe; else 0. Positions a multiple of it apart are the same place.
  virtual double period() const = 0;
  /// The same for sources that cover more than half of a turn, whether or not their columns are all
  /// of it: how far apart positions of one place may lie. Not a whole number where the columns
  /// leave a part of the turn out, or overlap.
  virtual double turn() const { return period(); }
};

/// @param source_width, source_height of the image that positions refer to: the file's own size, or
/// that of the overview which is read instead [px]
/// @throws report::RuntimeError naming the file: no CRS (says how to give --src-crs), no way from
/// one CRS to the other, corrupt GCP or RPC
std::unique_ptr<PixelTransformer> make_pixel_transformer(const SourceOptions& source,
                                                         std::int64_t source_width,
                                                         std::int64_t source_height,
                                                         const TargetGrid& target);

}  // namespace cogmill::crs
