// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/crs_pair.hpp"

#include "src/crs/map_turn.hpp"
#include "src/crs/operation_report.hpp"
#include "src/crs/per_thread.hpp"
#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/scoped_config.hpp"
#include "src/report/error.hpp"

#include <ogr_srs_api.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// Points per call of GDAL, which counts in int.
constexpr std::size_t kBatch = 4096;

struct Destroy {
  void operator()(void* way) const {
    OCTDestroyCoordinateTransformation(static_cast<OGRCoordinateTransformationH>(way));
  }
  void operator()(OGRCoordinateTransformationOptions* options) const {
    OCTDestroyCoordinateTransformationOptions(options);
  }
};
using Way = std::unique_ptr<void, Destroy>;

/// Heights are not shifted: only the horizontal part counts.
OGRSpatialReference horizontal(const std::string& wkt) {
  if (wkt.empty()) return OGRSpatialReference();
  OGRSpatialReference srs = srs_from_text(wkt, "coordinate reference system");
  if (srs.IsCompound() != FALSE) srs.StripVertical();
  return srs;
}

OGRCoordinateTransformationH handle_of(const Way& way) {
  return static_cast<OGRCoordinateTransformationH>(way.get());
}

/// One thread's way there and back.
struct Worker {
  Way there, back;
  std::vector<double> x, y, z;
  std::vector<int> ok;

  void transform(bool to_source, std::span<PixelPoint> points) {
    const std::size_t n = points.size();
    x.resize(n);
    y.resize(n);
    z.assign(n, 0.0);
    ok.assign(n, FALSE);
    for (std::size_t i = 0; i < n; ++i) x[i] = points[i].x, y[i] = points[i].y;
    const int whole = OCTTransformEx(handle_of(to_source ? back : there), static_cast<int>(n),
                                     x.data(), y.data(), z.data(), ok.data());
    if (whole == FALSE && n > 1) {  // it may have stopped half-way, for the sake of one point
      for (std::size_t i = 0; i < n; ++i) transform(to_source, points.subspan(i, 1));
      return;
    }
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < n; ++i) {
      const bool good =
          whole != FALSE && ok[i] != FALSE && std::isfinite(x[i]) && std::isfinite(y[i]);
      points[i] = good ? PixelPoint{x[i], y[i]} : PixelPoint{kNaN, kNaN};
    }
  }
};

/// The grid that was looked at last: all sources of a mosaic have the same.
struct Probed {
  std::array<double, 6> geotransform;
  std::int64_t width, height;
  bool all_shown;

  bool is_of(const TargetGrid& grid) const {
    return geotransform == grid.geotransform && width == grid.width && height == grid.height;
  }
};

/// Places all along a rim round the grid, and some inside.
std::vector<PixelPoint> places_round(const TargetGrid& grid) {
  constexpr int kAlong = 256, kInside = 16;
  constexpr double kOff = 1.0 / 16;  // of the sides: outlines that touch the grid cross the rim
  std::vector<PixelPoint> places;
  const auto add = [&](double u, double v) {
    const auto& g = grid.geotransform;
    const double x = (u * (1 + 2 * kOff) - kOff) * static_cast<double>(grid.width);
    const double y = (v * (1 + 2 * kOff) - kOff) * static_cast<double>(grid.height);
    places.push_back({g[0] + x * g[1] + y * g[2], g[3] + x * g[4] + y * g[5]});
  };
  for (int i = 0; i <= kAlong; ++i)
    for (const double side : {0.0, 1.0}) {
      add(static_cast<double>(i) / kAlong, side);
      add(side, static_cast<double>(i) / kAlong);
    }
  for (int i = 1; i < kInside; ++i)
    for (int j = 1; j < kInside; ++j)
      add(static_cast<double>(i) / kInside, static_cast<double>(j) / kInside);
  return places;
}

}  // namespace

struct CrsPair::Impl {
  OGRSpatialReference source, target;
  std::optional<std::array<double, 4>> area;
  bool identity = false;
  std::string given;  ///< the user's operation
  mutable std::once_flag is_chosen, source_measured, target_measured;
  mutable std::string chosen;
  mutable MapTurn source_map, target_map;
  mutable std::mutex mutex;  ///< of the two CRSs
  mutable std::mutex probing;
  mutable std::optional<Probed> probed;
  mutable PerThread<Worker> idle;

  std::unique_ptr<Worker> borrow() const {
    if (auto worker = idle.take()) return worker;
    return make_worker(*clone(source), *clone(target));
  }

  const std::string& operation() const {
    std::call_once(is_chosen, [&] {
      chosen = given;
      if (!given.empty() || !area || identity) return;
      const ChosenOperation best = choose_operation(wkt_of(source), wkt_of(target), area);
      if (!best.is_only) chosen = best.pipeline;
    });
    return chosen;
  }

  std::unique_ptr<Worker> make_worker(OGRSpatialReference& from, OGRSpatialReference& to) const {
    const io::GdalMessages messages;
    // GDAL's other strategies choose an operation by the mean of all points of a call.
    const io::ScopedConfig strategy("OGR_CT_OP_SELECTION", "PROJ");
    const std::unique_ptr<OGRCoordinateTransformationOptions, Destroy> options(
        OCTNewCoordinateTransformationOptions());
    if (!operation().empty())
      OCTCoordinateTransformationOptionsSetOperation(options.get(), operation().c_str(), FALSE);
    else if (area)
      OCTCoordinateTransformationOptionsSetAreaOfInterest(options.get(), (*area)[0], (*area)[1],
                                                          (*area)[2], (*area)[3]);
    const auto handle = [](OGRSpatialReference& srs) {
      return srs.IsEmpty() ? nullptr : OGRSpatialReference::ToHandle(&srs);
    };
    const Way found(OCTNewCoordinateTransformationEx(handle(from), handle(to), options.get()));
    auto worker = std::make_unique<Worker>();
    // GDAL may give out what another thread made: PROJ's objects in a copy are this thread's.
    if (found) worker->there.reset(OCTClone(handle_of(found)));
    if (worker->there) worker->back.reset(OCTGetInverse(handle_of(worker->there)));
    if (worker->back) return worker;
    throw report::RuntimeError("cannot transform from \"" + title_of(from) + "\" to \"" +
                               title_of(to) + "\": PROJ knows no coordinate operation" +
                               (messages.first_error().empty() ? "" : " between them") +
                               "; check --src-crs and --dst-crs");
  }

  void transform(bool to_source, std::span<PixelPoint> points) const {
    if (identity || points.empty()) return;
    auto worker = borrow();
    {
      const io::GdalMessages quiet;  // a point that fails is an answer, not an error
      for (std::size_t first = 0; first < points.size(); first += kBatch)
        worker->transform(to_source,
                          points.subspan(first, std::min(kBatch, points.size() - first)));
    }
    idle.give_back(std::move(worker));
  }

  const MapTurn& source_turn() const {
    std::call_once(source_measured, [&] { source_map = map_turn(*clone(source)); });
    return source_map;
  }

  const MapTurn& target_turn() const {
    std::call_once(target_measured, [&] { target_map = map_turn(*clone(target)); });
    return target_map;
  }

  /// GDAL's CRS objects are not made for two threads: each works on its own.
  std::unique_ptr<OGRSpatialReference> clone(const OGRSpatialReference& srs) const {
    const std::lock_guard lock(mutex);
    return std::unique_ptr<OGRSpatialReference>(srs.Clone());
  }

  /// Whether a place is on the map, by where the way there and back ends. On a pole's line all x
  /// are one place.
  bool leads_back(const PixelPoint& from, const PixelPoint& to, double tolerance) const {
    const MapTurn& turn = target_turn();
    double dx = to.x - from.x;
    if (turn.period > 0) dx -= turn.period * std::round(dx / turn.period);
    if (!(std::abs(to.y - from.y) <= tolerance)) return false;
    const auto on_pole = [&](double pole) {
      return std::abs(from.y - pole) <= std::abs(pole) * 1e-9;
    };
    return std::abs(dx) <= tolerance || on_pole(turn.poles[0]) || on_pole(turn.poles[1]);
  }

  void to_source_on_map(std::span<PixelPoint> points, double tolerance) const {
    if (identity) return;
    const std::vector<PixelPoint> asked(points.begin(), points.end());
    transform(true, points);
    std::vector<PixelPoint> back;
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (std::isnan(points[i].x)) continue;
      found.push_back(i);
      back.push_back(points[i]);
    }
    transform(false, back);
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t k = 0; k < found.size(); ++k)
      if (!leads_back(asked[found[k]], back[k], tolerance)) points[found[k]] = {kNaN, kNaN};
  }
};

CrsPair::CrsPair(const std::string& source_wkt, const std::string& target_wkt,
                 const std::optional<std::array<double, 4>>& area, const std::string& operation)
    : impl_(std::make_unique<Impl>()) {
  impl_->source = horizontal(source_wkt);
  impl_->target = horizontal(target_wkt);
  impl_->identity =
      operation.empty() && (source_wkt == target_wkt || same_crs(impl_->source, impl_->target));
  impl_->area = area;
  impl_->given = operation;
}

CrsPair::~CrsPair() = default;

bool CrsPair::is_identity() const { return impl_->identity; }
double CrsPair::source_full_turn() const { return full_turn(impl_->source); }
double CrsPair::target_full_turn() const { return full_turn(impl_->target); }
double CrsPair::source_turn() const { return impl_->source_turn().period; }
double CrsPair::target_turn() const { return impl_->target_turn().period; }
bool CrsPair::source_runs_on(double x_min, double x_max) const {
  const MapTurn& map = impl_->source_turn();
  const double half = map.period / 2;
  return half > 0 && (x_min < map.middle - half || x_max > map.middle + half);
}
void CrsPair::prepare() const {
  if (!impl_->identity) impl_->idle.give_back(impl_->borrow());
}
const std::string& CrsPair::operation() const { return impl_->operation(); }
void CrsPair::to_source(std::span<PixelPoint> points) const { impl_->transform(true, points); }
void CrsPair::to_target(std::span<PixelPoint> points) const { impl_->transform(false, points); }
void CrsPair::to_source_on_map(std::span<PixelPoint> points, double tolerance) const {
  impl_->to_source_on_map(points, tolerance);
}

bool CrsPair::shows_all(const TargetGrid& grid) const {
  if (impl_->identity) return true;
  const std::lock_guard lock(impl_->probing);
  if (impl_->probed && impl_->probed->is_of(grid)) return impl_->probed->all_shown;
  std::vector<PixelPoint> places = places_round(grid);
  to_source_on_map(places, map_tolerance(grid.geotransform));
  const bool all =
      std::ranges::none_of(places, [](const PixelPoint& p) { return std::isnan(p.x); });
  impl_->probed = {grid.geotransform, grid.width, grid.height, all};
  return all;
}

double CrsPair::map_tolerance(const std::array<double, 6>& g) const {
  const double pixel = std::min(std::hypot(g[1], g[4]), std::hypot(g[2], g[5]));
  // Datum shifts by way of heights, which are dropped, come back up to a metre beside.
  constexpr double kPart = 1.0 / 20, kMetres = 10, kGlobe = 4e7;
  const double least = target_full_turn() > 0 ? target_full_turn() * kMetres / kGlobe
                                              : kMetres / impl_->target.GetLinearUnits(nullptr);
  return std::max(pixel * kPart, least);
}

}  // namespace cogmill::crs
