// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/affine_source.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace cogmill::crs {

/// The box of the places that a source has in the output's CRS: of its rim, or, where that does not
/// go round them, of positions all over it. Across 180 degrees longitudes go on; a source round a
/// pole has all of them.
/// @return nothing if no position has a place
std::optional<std::array<double, 4>> reached_box(const AffineSource& source);

/// The box of a rim that goes once round the source without a leap, and the pixels that the box's
/// diagonal has room for, as GDALSuggestedWarpOutput2 counts them. Across 180 degrees: 179 to 181.
std::optional<ProjectedBounds> bounds_of_rim(const AffineSource& source);

/// Which pixels of one grid sources may reach, for all sources of one CRS pair. Thread-safe.
class SourceReach {
 public:
  SourceReach(std::shared_ptr<const CrsPair> pair, const TargetGrid& grid)
      : pair_(std::move(pair)), grid_(grid) {}

  /// @param source of the pair   @param margin [px] on each side, for what resampling reaches
  /// @return more than the pixels that have a place in the source, within the grid; empty if none
  /// has, which is found out to 1/32 of the source or 1/128 of the grid
  partition::Window footprint(const AffineSource& source, std::int64_t margin) const;

 private:
  partition::Window window_of_box(std::array<double, 4> box, std::int64_t margin) const;
  partition::Window window_of_probes(const AffineSource& source) const;
  void probe() const;

  std::shared_ptr<const CrsPair> pair_;
  TargetGrid grid_;
  mutable std::once_flag probed_;
  mutable std::vector<kernels::PixelPoint> probes_;  ///< of the grid, in the source's CRS
};

}  // namespace cogmill::crs
