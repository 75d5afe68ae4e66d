// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"
#include "partition/window.hpp"
#include "src/crs/target_grid.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace cogmill::crs {

/// Polygons on the output's grid. Thread-safe.
class Cutline {
 public:
  /// Reads the polygons and brings them into a CRS. @param crs_wkt empty: they stay as they are
  /// @throws report::RuntimeError naming the file: missing, no such layer, no polygons, a polygon
  /// that crosses itself, no way into the CRS; report::UsageError for wrong SQL
  Cutline(const CutlineOptions& options, const std::string& crs_wkt);
  ~Cutline();
  Cutline(Cutline&&) noexcept;
  Cutline& operator=(Cutline&&) noexcept;

  /// x min, y min, x max, y max [CRS unit]. Polygons that were cut at the edge of a map that
  /// repeats lie side by side: 179 to 181 degrees.
  std::array<double, 4> bounds() const;

  /// Lays the polygons on a grid of their CRS, in each turn of a map that repeats: burn() and
  /// touches() need one.
  void place_on(const TargetGrid& grid);

  /// Sets a Byte plane to 255 where the centre of an output pixel is inside, else to 0. A pixel
  /// depends on the grid and the polygons alone, not on the window.
  /// @pre the plane has the window's size
  void burn(const partition::Window& window, kernels::Plane inside) const;
  /// False where no pixel of the window can be inside.
  bool touches(const partition::Window& window) const;

 private:
  struct Polygons;
  std::unique_ptr<Polygons> polygons_;
};

/// The box of a cutline that the output is cropped to. In the source's own CRS it shrinks to
/// whole source pixels, as with gdalwarp, unless a resolution or a size is given.
std::array<double, 4> crop_box(const Cutline& cutline, const GridOptions& options,
                               const std::optional<std::array<double, 6>>& source_geotransform);

}  // namespace cogmill::crs
