// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/natural_extent.hpp"

#include "src/crs/affine_source.hpp"
#include "src/crs/ask_gdalwarp.hpp"
#include "src/crs/gdal_transformer.hpp"
#include "src/crs/map_cut.hpp"
#include "src/crs/mercator_bounds.hpp"
#include "src/crs/mercator_extent.hpp"
#include "src/crs/source_reach.hpp"
#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

namespace cogmill::crs {
namespace {

using Affine = std::array<double, 6>;
using Box = std::array<double, 4>;
using kernels::PixelPoint;

constexpr Affine kCoordinates = {0, 1, 0, 0, 0, 1};

/// A geotransform alone ties the source to longitudes and latitudes, along its rows and columns.
std::optional<Affine> upright_degrees(const SourceImage& image) {
  Affine g = {};
  if (image.tie != Tie::kGeotransform || image.srs.IsGeographic() == FALSE ||
      image.dataset->GetGeoTransform(g.data()) != CE_None || g[2] != 0 || g[4] != 0 || g[1] <= 0)
    return std::nullopt;
  return g;
}

Box box_of(const SourceImage& image, const Affine& g) {
  return corners_of({{}, g, image.width, image.height});
}

/// Positions all over the source in the output's CRS, those that have none left out.
std::vector<PixelPoint> positions_in_output(const SourceOptions& source, const SourceImage& image,
                                            const std::string& crs_wkt, int steps) {
  GdalTransformer transformer(image, transformer_options(source, crs_wkt), kCoordinates);
  std::vector<PixelPoint> positions;
  for (int i = 0; i <= steps; ++i)
    for (int j = 0; j <= steps; ++j)
      positions.push_back({static_cast<double>(image.width) * j / steps,
                           static_cast<double>(image.height) * i / steps});
  transformer.to_output(positions);
  std::erase_if(positions, [](const PixelPoint& p) { return std::isnan(p.x); });
  return positions;
}

bool has_pole(const SourceOptions& source, const SourceImage& image, const std::string& crs_wkt) {
  GdalTransformer transformer(image, transformer_options(source, crs_wkt), kCoordinates);
  std::vector<PixelPoint> poles = {{0, 90}, {0, -90}};
  transformer.transform(poles);
  return std::any_of(poles.begin(), poles.end(), [&](const PixelPoint& p) {
    return p.x >= 0 && p.y >= 0 && p.x <= static_cast<double>(image.width) &&
           p.y <= static_cast<double>(image.height);
  });
}

/// The middle of a source that lies across 180 degrees, from 0 to 360 degrees: opposite of the
/// largest gap between its longitudes. Nothing if it goes round the globe, or does not reach 180.
std::optional<double> middle_across_180(const SourceOptions& source, const SourceImage& image,
                                        const std::string& crs_wkt) {
  constexpr int kSteps = 32;
  constexpr double kGap = 30;  // [degrees]; samples of what goes round lie closer
  std::vector<PixelPoint> all = positions_in_output(source, image, crs_wkt, kSteps);
  if (all.size() < 2) return std::nullopt;
  std::ranges::sort(all, {}, &PixelPoint::x);
  if (all.back().x - all.front().x <= 180) return std::nullopt;
  double widest = 0, middle = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const double gap = all[i].x - all[i - 1].x;
    if (gap > widest) widest = gap, middle = (all[i].x + all[i - 1].x) / 2;
  }
  if (widest < kGap || has_pole(source, image, crs_wkt)) return std::nullopt;
  const double opposite = std::round(middle) + 180;
  return opposite - 360 * std::floor(opposite / 360);
}

/// What GDALSuggestedWarpOutput2 calls: longitudes of the output near those of the source. GDAL
/// looks at the first bytes of such an argument to recognise its own transformers.
struct Follower {
  std::array<char, 8> not_gdal = {};
  void* transformer = nullptr;
  double west = 0, step = 0;  ///< longitudes of the source's columns, in the output's unit
  double turn = 360;          ///< in the output's unit
};

int follow(void* argument, int to_source, int count, double* x, double* y, double* z,
           int* success) {
  const auto& self = *static_cast<const Follower*>(argument);
  std::vector<double> own(x, x + count);
  const int done = GDALGenImgProjTransform(self.transformer, to_source, count, x, y, z, success);
  if (to_source != FALSE) return done;
  for (int i = 0; i < count; ++i) {
    const double longitude = self.west + own[static_cast<std::size_t>(i)] * self.step;
    x[i] -= self.turn * std::round((x[i] - longitude) / self.turn);
  }
  return done;
}

/// A grid for longitudes that are the source's, but for the change of datum.
std::optional<TargetGrid> followed_grid(const SourceOptions& source, const SourceImage& image,
                                        const Affine& g, const std::string& crs_wkt, double turn) {
  if (keeps_crs(image, crs_wkt)) {
    const Box box = box_of(image, g);
    return TargetGrid{{}, {box[0], g[1], 0, box[3], 0, -std::abs(g[5])}, image.width, image.height};
  }
  const GdalTransformer transformer(image, transformer_options(source, crs_wkt), kCoordinates);
  const io::GdalMessages quiet;
  const double ratio = turn / full_turn(image.srs);
  const OGRSpatialReference target = srs_from_text(crs_wkt, "the output's CRS");
  const double shift = (image.srs.GetPrimeMeridian() - target.GetPrimeMeridian()) * turn / 360;
  Follower argument{{}, transformer.handle(), g[0] * ratio + shift, g[1] * ratio, turn};
  TargetGrid grid;
  Box ignored = {};
  int columns = 0, rows = 0;
  if (GDALSuggestedWarpOutput2(GDALDataset::ToHandle(image.dataset.get()), follow, &argument,
                               grid.geotransform.data(), &columns, &rows, ignored.data(),
                               0) != CE_None)
    return std::nullopt;
  grid.width = columns;
  grid.height = rows;
  return grid;
}

/// All longitudes at the source's latitudes, in columns from 180 degrees west on.
SourceImage whole_turn(const SourceImage& image, Affine g) {
  const double turn = full_turn(image.srs);
  SourceImage globe;
  globe.path = image.path;
  globe.width = std::max<std::int64_t>(1, std::llround(turn / g[1]));
  globe.height = image.height;
  globe.tie = image.tie;
  globe.srs = image.srs;
  const GDALDatasetUniquePtr sized(GetGDALDriverManager()->GetDriverByName("VRT")->Create(
      "", static_cast<int>(globe.width), static_cast<int>(globe.height), 0, GDT_Byte, nullptr));
  g[0] = -turn / 2;
  g[1] = turn / static_cast<double>(globe.width);
  io::gdal_check(sized->SetGeoTransform(g.data()), "cannot measure " + image.path);
  io::gdal_check(sized->SetSpatialRef(&image.srs), "cannot measure " + image.path);
  globe.dataset = stand_in(*sized, image.path);
  return globe;
}

/// True if something inside the source lies beyond the box that GDAL found from its edges.
bool reaches_beyond(const std::vector<PixelPoint>& positions, const TargetGrid& grid) {
  const Box box = corners_of(grid);
  const double x = std::abs(grid.geotransform[1]), y = std::abs(grid.geotransform[5]);
  return std::any_of(positions.begin(), positions.end(), [&](const PixelPoint& p) {
    return p.x < box[0] - x || p.x > box[2] + x || p.y < box[1] - y || p.y > box[3] + y;
  });
}

/// A grid for a source wider than half a turn whose edges do not show what it covers.
std::optional<TargetGrid> wide_grid(const SourceOptions& source, const SourceImage& image,
                                    const Affine& g, const std::string& crs_wkt) {
  constexpr int kSteps = 64;
  const GridOptions natural{.dst_crs = crs_wkt};
  const GridAnswer own = ask_gdalwarp(source, image, natural);
  const auto positions = positions_in_output(source, image, crs_wkt, kSteps);
  if (own.error.empty() && !reaches_beyond(positions, own.grid)) return std::nullopt;
  const GridAnswer all = ask_gdalwarp(source, whole_turn(image, g), natural);
  return all.error.empty() ? std::optional(all.grid) : std::nullopt;
}

/// Nothing if more than a geotransform ties the source to the ground.
std::optional<AffineSource> affine_of(const SourceImage& image, const std::string& crs_wkt) {
  AffineSource source{image.width, image.height, {}, nullptr};
  if (image.tie != Tie::kGeotransform ||
      image.dataset->GetGeoTransform(source.geotransform.data()) != CE_None)
    return std::nullopt;
  source.crs = std::make_shared<CrsPair>(wkt_of(image.srs), crs_wkt, std::nullopt);
  return source;
}

TargetGrid grid_of(const ProjectedBounds& bounds) {
  const auto& [west, south, east, north] = bounds.box;
  const auto& [x, y] = bounds.resolution;
  const auto pixels = [](double count) { return std::max<std::int64_t>(1, std::llround(count)); };
  return TargetGrid{
      {}, {west, x, 0, north, 0, -y}, pixels((east - west) / x), pixels((north - south) / y)};
}

/// A grid beside 180 degrees in a unit for which GDAL knows no middle: longitudes go on beyond it.
/// Nothing if the source does not lie across, or more than a geotransform ties it to the ground.
std::optional<TargetGrid> grid_across(const SourceImage& image, const std::string& crs_wkt,
                                      double turn) {
  const auto source = affine_of(image, crs_wkt);
  if (!source) return std::nullopt;
  const auto bounds = bounds_of_rim(*source);
  return bounds && bounds->box[2] > turn / 2 ? std::optional(grid_of(*bounds)) : std::nullopt;
}

/// Longitudes that gdalwarp takes for none of a projection's: beyond half a turn.
bool is_beyond(const Box& box, double half) {
  constexpr double kNearly = 1e-9;
  return box[0] < -half * (1 + kNearly) || box[2] > half * (1 + kNearly);
}

/// @return a grid in place of gdalwarp's, or nothing where that is right
std::optional<TargetGrid> better_grid(const SourceOptions& source, SourceImage& image,
                                      const std::string& crs_wkt, double target_turn) {
  const std::optional<Affine> g = upright_degrees(image);
  if (!g) {
    const bool degrees = std::abs(target_turn - 360) < 1e-6;
    if (target_turn > 0 && !degrees) return grid_across(image, crs_wkt, target_turn);
    if (degrees && !image.centre_longitude)
      image.centre_longitude = middle_across_180(source, image, crs_wkt);
    return std::nullopt;
  }
  const double half = full_turn(image.srs) / 2;
  const Box box = box_of(image, *g);
  if (target_turn > 0) {
    const bool apart = is_beyond(box, half) || find_cut(source, image, crs_wkt);
    return apart ? followed_grid(source, image, *g, crs_wkt, target_turn) : std::nullopt;
  }
  if (box[2] - box[0] > half) return wide_grid(source, image, *g, crs_wkt);
  if (!is_beyond(box, half)) return std::nullopt;
  const auto bounds = projected_bounds(*affine_of(image, crs_wkt));
  return bounds ? std::optional(grid_of(*bounds)) : std::nullopt;
}

}  // namespace

GridOptions with_extent(const SourceOptions& source, SourceImage& image, const GridOptions& options,
                        const std::string& crs_wkt) {
  GridOptions result = options;
  const bool plain = source.coordinate_operation.empty();
  if (options.bbox || crs_wkt.empty() || image.srs.IsEmpty() || !plain) return result;
  const OGRSpatialReference target = srs_from_text(crs_wkt, "the output's CRS");
  if (const auto box = mercator_extent(source, image, target)) {
    warn_of_mercators_end(image.path, crs_wkt);
    result.bbox = *box;
    return result;
  }
  const auto grid = better_grid(source, image, crs_wkt, full_turn(target));
  if (!grid) return result;
  result.bbox = corners_of(*grid);
  if (!options.resolution && !options.size) result.size = {grid->width, grid->height};
  return result;
}

}  // namespace cogmill::crs
