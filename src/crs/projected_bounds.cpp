// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/affine.hpp"
#include "src/crs/affine_source.hpp"
#include "src/crs/gdal_transformer.hpp"
#include "src/crs/map_turn.hpp"
#include "src/crs/recentre_map.hpp"
#include "src/crs/source_image.hpp"
#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// What GDALSuggestedWarpOutput2 calls: source pixels to coordinates of the output. GDAL looks at
/// the first bytes of such an argument to recognise its own transformers.
struct Probe {
  std::array<char, 8> not_gdal = {};
  const AffineSource& source;
  Affine to_pixels = {};
};

int probe(void* argument, int to_source, int count, double* x, double* y, double* /*z*/,
          int* success) {
  const auto& self = *static_cast<const Probe*>(argument);
  std::vector<PixelPoint> points(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    points[static_cast<std::size_t>(i)] = to_source != FALSE
                                              ? PixelPoint{x[i], y[i]}
                                              : mapped(self.source.geotransform, {x[i], y[i]});
  try {
    if (to_source != FALSE)
      self.source.crs->to_source(points);
    else
      self.source.crs->to_target(points);
  } catch (...) {  // nothing may escape into GDAL
    return FALSE;
  }
  for (int i = 0; i < count; ++i) {
    PixelPoint p = points[static_cast<std::size_t>(i)];
    if (to_source != FALSE) p = mapped(self.to_pixels, p);
    success[i] = std::isfinite(p.x) && std::isfinite(p.y) ? TRUE : FALSE;
    x[i] = p.x;
    y[i] = p.y;
  }
  return TRUE;
}

ProjectedBounds own_bounds(const AffineSource& source) {
  const Affine& g = source.geotransform;
  const auto w = static_cast<double>(source.width), h = static_cast<double>(source.height);
  const PixelPoint a = mapped(g, {0, 0}), b = mapped(g, {w, h});
  ProjectedBounds bounds;
  bounds.box = {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
  bounds.resolution = {std::abs(g[1]), std::abs(g[5])};
  return bounds;
}

/// A pole has no place along the source's edges, but inside it.
bool has_pole(const AffineSource& source, const Affine& to_pixels) {
  if (source.crs->target_full_turn() == 0 || source.crs->source_full_turn() > 0) return false;
  const double quarter = source.crs->target_full_turn() / 4;
  std::vector<PixelPoint> poles = {{0, quarter}, {0, -quarter}};
  source.crs->to_source(poles);
  return std::any_of(poles.begin(), poles.end(), [&](const PixelPoint& pole) {
    const PixelPoint p = mapped(to_pixels, pole);
    return p.x >= 0 && p.y >= 0 && p.x <= static_cast<double>(source.width) &&
           p.y <= static_cast<double>(source.height);
  });
}

/// Longitudes from -180 to 180; all of them where the area goes beyond. Nothing if it is empty:
/// PROJ 9.1 searches without end for an operation at 180 degrees alone.
std::optional<std::array<double, 4>> on_globe(std::array<double, 4> area) {
  const double turn = 360 * std::floor((area[0] + 180) / 360);
  if (std::isfinite(turn)) area[0] -= turn, area[2] -= turn;
  if (area[2] > 180) area[0] = -180, area[2] = 180;
  area[1] = std::max(area[1], -90.0);
  area[3] = std::min(area[3], 90.0);
  if (!(area[0] < area[2] && area[1] < area[3])) return std::nullopt;
  return area;
}

std::optional<ProjectedBounds> suggest(GDALDataset& dataset, GDALTransformerFunc transformer,
                                       void* argument) {
  const io::GdalMessages quiet;
  Affine g = {};
  std::array<double, 4> box = {};
  int columns = 0, rows = 0;
  if (GDALSuggestedWarpOutput2(GDALDataset::ToHandle(&dataset), transformer, argument, g.data(),
                               &columns, &rows, box.data(), 0) != CE_None)
    return std::nullopt;
  const bool finite =
      std::all_of(box.begin(), box.end(), [](double v) { return std::isfinite(v); });
  if (!finite || !(g[1] > 0) || !(box[0] < box[2]) || !(box[1] < box[3])) return std::nullopt;
  return ProjectedBounds{box, {std::abs(g[1]), std::abs(g[5])}};
}

}  // namespace

std::optional<ProjectedBounds> projected_bounds(const AffineSource& source) {
  const Affine& g = source.geotransform;
  if (source.crs->is_identity() && g[2] == 0 && g[4] == 0) return own_bounds(source);
  Probe argument{{}, source};
  Affine copy = g;
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  if (GDALInvGeoTransform(copy.data(), argument.to_pixels.data()) == FALSE ||
      source.width > kMost || source.height > kMost || has_pole(source, argument.to_pixels))
    return std::nullopt;
  io::register_gdal();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("MEM");
  const GDALDatasetUniquePtr size_only(io::gdal_check(driver, "GDAL has no MEM driver")
                                           ->Create("", static_cast<int>(source.width),
                                                    static_cast<int>(source.height), 0, GDT_Byte,
                                                    nullptr));
  return suggest(*io::gdal_check(size_only.get(), "cannot measure a source"), probe, &argument);
}

std::optional<ProjectedBounds> bounds_by_gdal(const SourceOptions& source,
                                              const std::string& target_wkt) {
  SourceImage image = open_source_image(source);
  recentre_map(image, source, target_wkt);
  if (!target_wkt.empty()) require_crs(image, source);
  constexpr Affine kCoordinates = {0, 1, 0, 0, 0, 1};
  const GdalTransformer transformer(image, transformer_options(source, target_wkt), kCoordinates);
  return suggest(*image.dataset, GDALGenImgProjTransform, transformer.handle());
}

std::optional<std::array<double, 4>> degrees_of(const std::array<double, 4>& box,
                                                const std::string& crs_wkt) {
  constexpr int kSteps = 20;
  std::vector<PixelPoint> points;
  for (int i = 0; i <= kSteps; ++i)
    for (int j = 0; j <= kSteps; ++j)
      points.push_back(
          {box[0] + (box[2] - box[0]) * i / kSteps, box[1] + (box[3] - box[1]) * j / kSteps});
  const CrsPair pair(crs_wkt, crs_from_text("OGC:CRS84", "longitude and latitude"), std::nullopt);
  pair.to_target(points);
  constexpr double kNone = std::numeric_limits<double>::infinity();
  std::array<double, 4> area = {kNone, kNone, -kNone, -kNone};
  for (const PixelPoint& p : points) {
    if (std::isnan(p.x)) continue;
    area = {std::min(area[0], p.x), std::min(area[1], p.y), std::max(area[2], p.x),
            std::max(area[3], p.y)};
  }
  return on_globe(area);
}

partition::Window window_of(const std::array<double, 4>& box, const TargetGrid& grid,
                            std::int64_t margin) {
  Affine copy = grid.geotransform, inverse = {};
  if (GDALInvGeoTransform(copy.data(), inverse.data()) == FALSE)
    throw report::RuntimeError("the output's geotransform has no inverse; check --like");
  double left = std::numeric_limits<double>::infinity(), top = left, right = -left, bottom = -left;
  for (std::size_t k = 0; k < 4; ++k) {
    const PixelPoint p = mapped(inverse, {box[k % 2 * 2], box[k / 2 * 2 + 1]});
    left = std::min(left, p.x), right = std::max(right, p.x);
    top = std::min(top, p.y), bottom = std::max(bottom, p.y);
  }
  const auto reach = static_cast<double>(margin);
  const auto w = static_cast<double>(grid.width), h = static_cast<double>(grid.height);
  const auto whole = [](double v, double most) {
    return static_cast<std::int64_t>(std::clamp(v, 0.0, most));
  };
  return partition::from_edges(
      whole(std::floor(left) - reach, w), whole(std::floor(top) - reach, h),
      whole(std::ceil(right) + reach, w), whole(std::ceil(bottom) + reach, h));
}

double full_turn_of(const std::string& crs_wkt) {
  return crs_wkt.empty() ? 0 : full_turn(srs_from_text(crs_wkt, "coordinate reference system"));
}

double turn_of_map(const std::string& crs_wkt) { return map_turn_of(crs_wkt).period; }

partition::Window window_of(const std::array<double, 4>& box, const TargetGrid& grid,
                            std::int64_t margin, double turn) {
  partition::Window window = window_of(box, grid, margin);
  for (int i = 1; i <= 2 && turn > 0; ++i)
    for (const double shift : {-turn * i, turn * i})
      window = partition::bounding(
          window, window_of({box[0] + shift, box[1], box[2] + shift, box[3]}, grid, margin));
  return window;
}

}  // namespace cogmill::crs
