// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// Georeferenced sources without pixels, and a plain reading of a coordinate map.
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "src/crs/target_grid.hpp"
#include "tests/support/temp_dir.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace cogmill::crs {

using Geotransform = std::array<double, 6>;

inline OGRSpatialReference srs_of(const std::string& text) {
  OGRSpatialReference srs;
  srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  EXPECT_EQ(srs.SetFromUserInput(text.c_str()), OGRERR_NONE) << text;
  return srs;
}

/// A source image: one band of a VRT without sources.
struct Scene {
  std::string crs;  ///< empty: none
  Geotransform geotransform;
  int width = 0, height = 0;
};

inline GDALDatasetUniquePtr create_vrt(const std::string& path, int width, int height) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("VRT");
  return GDALDatasetUniquePtr(driver->Create(path.c_str(), width, height, 1, GDT_Byte, nullptr));
}

inline std::string make_scene(const std::string& path, const Scene& scene) {
  const GDALDatasetUniquePtr dataset = create_vrt(path, scene.width, scene.height);
  Geotransform geotransform = scene.geotransform;
  EXPECT_EQ(dataset->SetGeoTransform(geotransform.data()), CE_None);
  if (!scene.crs.empty()) {
    const OGRSpatialReference srs = srs_of(scene.crs);
    EXPECT_EQ(dataset->SetSpatialRef(&srs), CE_None);
  }
  return path;
}

/// Ground control points of a scene in UTM zone 31, a little bent; on a line if `collinear`.
inline std::string make_gcp_scene(const std::string& path, int side, bool collinear = false) {
  const GDALDatasetUniquePtr dataset = create_vrt(path, 500, 400);
  std::vector<GDAL_GCP> gcps(static_cast<std::size_t>(side * side));
  GDALInitGCPs(side * side, gcps.data());
  for (int i = 0; i < side * side; ++i) {
    GDAL_GCP& gcp = gcps[static_cast<std::size_t>(i)];
    gcp.dfGCPPixel = 500.0 * (i % side) / (side - 1);
    gcp.dfGCPLine = collinear ? gcp.dfGCPPixel : 400.0 * (i / side) / (side - 1);
    gcp.dfGCPX = 500000 + 10 * gcp.dfGCPPixel + 0.002 * gcp.dfGCPLine * gcp.dfGCPLine;
    gcp.dfGCPY = 4600000 - 10 * gcp.dfGCPLine + 0.001 * gcp.dfGCPPixel * gcp.dfGCPLine;
  }
  const OGRSpatialReference srs = srs_of("EPSG:32631");
  EXPECT_EQ(dataset->SetGCPs(side * side, gcps.data(), &srs), CE_None);
  GDALDeinitGCPs(side * side, gcps.data());
  return path;
}

inline TargetGrid make_target(const std::string& crs, const Geotransform& geotransform, int width,
                              int height) {
  return {crs.empty() ? "" : crs_from_text(crs, "--dst-crs"), geotransform, width, height};
}

inline bool is_nowhere(const kernels::PixelPoint& p) { return std::isnan(p.x); }

/// The position of one output point: (col + 0.5, row + 0.5) for maps of centres, (col, row) for
/// maps of corners, seen from the pixel (col, row) or, with `right` and `below`, from the ends of
/// that pixel.
inline kernels::PixelPoint position(const kernels::CoordinateMap& map, std::int64_t col,
                                    std::int64_t row, int right = 0, int below = 0) {
  using kernels::MapCell;
  const bool centres = map.anchor == kernels::CoordinateMap::Anchor::kCentres;
  std::int64_t side = kernels::CoordinateMap::kCell;
  std::int64_t x = col - map.cell_col * side, y = row - map.cell_row * side;
  auto index = static_cast<std::size_t>(y / side * map.across + x / side);
  x %= side, y %= side;
  while (map.cells.at(index).kind == MapCell::Kind::kSplit) {
    side /= 2;
    index = static_cast<std::size_t>(map.cells[index].first + y / side * 2 + x / side);
    x %= side, y %= side;
  }
  const MapCell& cell = map.cells.at(index);
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  if (cell.kind == MapCell::Kind::kNowhere) return {kNaN, kNaN};
  if (cell.kind == MapCell::Kind::kExact)
    return map.points.at(static_cast<std::size_t>(
        cell.first + (y + below) * (centres ? side : side + 1) + x + right));
  const double n = static_cast<double>(side), offset = centres ? 0.5 : 0.0;
  const double u = (static_cast<double>(x + right) + offset) / n;
  const double v = (static_cast<double>(y + below) + offset) / n;
  const auto& c = cell.corners;
  return {(c[0].x * (1 - u) + c[1].x * u) * (1 - v) + (c[2].x * (1 - u) + c[3].x * u) * v,
          (c[0].y * (1 - u) + c[1].y * u) * (1 - v) + (c[2].y * (1 - u) + c[3].y * u) * v};
}

/// |dx| + |dy|, x modulo the period.
inline double distance(const kernels::PixelPoint& a, const kernels::PixelPoint& b, double period) {
  double dx = a.x - b.x;
  if (period > 0) dx -= period * std::round(dx / period);
  return std::abs(dx) + std::abs(a.y - b.y);
}

/// Positions of all pixel centres of a window, row-major, straight from the transformer's input.
inline std::vector<kernels::PixelPoint> centres_of(std::int64_t col, std::int64_t row,
                                                   std::int64_t width, std::int64_t height) {
  std::vector<kernels::PixelPoint> points;
  for (std::int64_t r = row; r < row + height; ++r)
    for (std::int64_t c = col; c < col + width; ++c)
      points.push_back({static_cast<double>(c) + 0.5, static_cast<double>(r) + 0.5});
  return points;
}

}  // namespace cogmill::crs
