// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/window.hpp"
#include "src/crs/crs_pair.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/target_grid.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace cogmill::crs {

/// A source that a geotransform alone ties to the ground. Nothing has to be opened for it.
struct AffineSource {
  std::int64_t width = 0, height = 0;                       ///< of the full-resolution image [px]
  std::array<double, 6> geotransform = {0, 1, 0, 0, 0, 1};  ///< GDAL's order
  std::shared_ptr<const CrsPair> crs;                       ///< from its CRS to the output's
};

/// As make_pixel_transformer, with PROJ objects that all sources of the CRS pair share.
/// @throws report::RuntimeError if a geotransform has no inverse
std::unique_ptr<PixelTransformer> make_affine_transformer(const AffineSource& source,
                                                          std::int64_t source_width,
                                                          std::int64_t source_height,
                                                          const TargetGrid& target);

/// Where a source lies in the output's CRS, and how large its pixels are there.
struct ProjectedBounds {
  std::array<double, 4> box = {};         ///< x min, y min, x max, y max [CRS unit]
  std::array<double, 2> resolution = {};  ///< [CRS unit]
};

/// Bounds of a source with a geotransform: by arithmetic where it is in the target's CRS, else as
/// GDALSuggestedWarpOutput2 has them.
/// @return nothing where that cannot say (the source has a pole inside, or lies partly outside the
/// CRS's domain): ask bounds_by_gdal then
std::optional<ProjectedBounds> projected_bounds(const AffineSource& source);

/// Bounds of a source of any kind (GCPs, RPC, ...) in the CRS `target_wkt`, with a transformer made
/// for this one question.
/// @return nothing if the source lies outside the CRS's domain, or partly so
/// @throws report::RuntimeError naming the file if it has no CRS or there is no way to the other
std::optional<ProjectedBounds> bounds_by_gdal(const SourceOptions& source,
                                              const std::string& target_wkt);

/// A box of coordinates in degrees: west, south, east, north, as CrsPair takes it.
/// @return nothing if PROJ cannot tell
std::optional<std::array<double, 4>> degrees_of(const std::array<double, 4>& box,
                                                const std::string& crs_wkt);

/// 360 degrees in the unit of a CRS's longitudes; 0: it has none, or is empty.
double full_turn_of(const std::string& crs_wkt);
/// After which x a CRS's map repeats [CRS unit], as CrsPair::target_turn; 0: never.
double turn_of_map(const std::string& crs_wkt);

/// A box of coordinates as a window of the grid, all pixels it touches and `margin` more, within
/// the grid. @return empty if the box misses it
partition::Window window_of(const std::array<double, 4>& box, const TargetGrid& grid,
                            std::int64_t margin);
/// window_of for a box that may be told whole turns apart from the grid: round all of its copies.
/// @param turn after which the map of the grid's CRS repeats; 0: it does not
partition::Window window_of(const std::array<double, 4>& box, const TargetGrid& grid,
                            std::int64_t margin, double turn);

}  // namespace cogmill::crs
