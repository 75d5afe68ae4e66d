// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "src/crs/target_grid.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace cogmill::crs {

/// The way between two coordinate reference systems, for all sources that share them: PROJ needs
/// milliseconds to find one, and where it has to look up grids a tenth of a second. Thread-safe:
/// each thread has its own PROJ objects. x is east or longitude on both sides.
class CrsPair {
 public:
  /// @param source_wkt, target_wkt empty: both have to be, but for `operation`
  /// @param area where the sources lie: west, south, east, north [degrees]. One operation is chosen
  /// for all of it (describe_operation names it) and all points go through that one, so that
  /// sources that touch stay together and no image has a step in it. Nothing: PROJ chooses for each
  /// point.
  /// @param operation instead, as --coordinate-operation has it
  CrsPair(const std::string& source_wkt, const std::string& target_wkt,
          const std::optional<std::array<double, 4>>& area, const std::string& operation = {});
  ~CrsPair();
  CrsPair(const CrsPair&) = delete;
  CrsPair& operator=(const CrsPair&) = delete;

  bool is_identity() const;         ///< one CRS: coordinates stay as they are
  double source_full_turn() const;  ///< 360 degrees in the source's unit; 0: it is projected
  double target_full_turn() const;
  /// After which x the maps repeat (MapTurn) [unit of each]: those of degrees and the cylindrical
  /// ones; 0: never.
  double source_turn() const;
  double target_turn() const;
  /// Whether x of the source lie beyond the meridian at which PROJ cuts its map, where it gives
  /// them a turn away.
  bool source_runs_on(double x_min, double x_max) const;

  /// Finds the way now.   @throws report::RuntimeError if PROJ knows none
  void prepare() const;
  /// The operation that all points go through, as GDAL's COORDINATE_OPERATION; empty: none is
  /// fixed.
  /// @throws report::RuntimeError if PROJ knows no way
  const std::string& operation() const;

  /// Replaces coordinates of one CRS by those of the other, NaN where there are none. A point's
  /// result never depends on its companions.
  /// @throws report::RuntimeError if PROJ knows no way
  void to_source(std::span<kernels::PixelPoint> points) const;
  void to_target(std::span<kernels::PixelPoint> points) const;
  /// to_source with NaN too for places that are not on the target's map: inverse projections answer
  /// beyond its outline, with some other place of the globe, whose own position on the map is not
  /// where the question was.
  /// @param tolerance how far that may be off [unit of the target]: map_tolerance
  void to_source_on_map(std::span<kernels::PixelPoint> points, double tolerance) const;
  /// Half a pixel of an image in the target's CRS, but not less than what PROJ's ways there and
  /// back differ by.   @param geotransform in GDAL's order
  double map_tolerance(const std::array<double, 6>& geotransform) const;
  /// Whether all of a grid of the target is on its map, with places all along and inside of a rim
  /// that lies some way off the grid, so that nothing has to be asked for each pixel.
  bool shows_all(const TargetGrid& grid) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cogmill::crs
