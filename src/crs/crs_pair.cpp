// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/crs_pair.hpp"

#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/scoped_config.hpp"
#include "src/report/error.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal_alg.h>

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
  void operator()(void* handle) const { GDALDestroyReprojectionTransformer(handle); }
};
using Handle = std::unique_ptr<void, Destroy>;

/// Heights are not shifted: only the horizontal part counts.
OGRSpatialReference horizontal(const std::string& wkt) {
  if (wkt.empty()) return OGRSpatialReference();
  OGRSpatialReference srs = srs_from_text(wkt, "coordinate reference system");
  if (srs.IsCompound() != FALSE) srs.StripVertical();
  return srs;
}

/// One thread's way there and back.
struct Worker {
  Handle handle;
  std::vector<double> x, y, z;
  std::vector<int> ok;

  void transform(bool to_source, std::span<PixelPoint> points) {
    const std::size_t n = points.size();
    x.resize(n);
    y.resize(n);
    z.assign(n, 0.0);
    ok.assign(n, FALSE);
    for (std::size_t i = 0; i < n; ++i) x[i] = points[i].x, y[i] = points[i].y;
    const int whole =
        GDALReprojectionTransform(handle.get(), to_source ? TRUE : FALSE, static_cast<int>(n),
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

}  // namespace

struct CrsPair::Impl {
  OGRSpatialReference source, target;
  std::string area;
  bool identity = false;
  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<Worker>> idle;

  std::unique_ptr<Worker> borrow() const {
    std::unique_lock lock(mutex);
    if (!idle.empty()) {
      auto worker = std::move(idle.back());
      idle.pop_back();
      return worker;
    }
    // GDAL's CRS objects are not made for two threads: each works on its own.
    const std::unique_ptr<OGRSpatialReference> from(source.Clone()), to(target.Clone());
    lock.unlock();
    return make_worker(*from, *to);
  }

  std::unique_ptr<Worker> make_worker(OGRSpatialReference& from, OGRSpatialReference& to) const {
    const io::GdalMessages messages;
    // GDAL's other strategies choose an operation by the mean of all points of a call.
    const io::ScopedConfig strategy("OGR_CT_OP_SELECTION", "PROJ");
    CPLStringList options;
    if (!area.empty()) options.SetNameValue("AREA_OF_INTEREST", area.c_str());
    auto worker = std::make_unique<Worker>();
    worker->handle.reset(GDALCreateReprojectionTransformerEx(
        OGRSpatialReference::ToHandle(&from), OGRSpatialReference::ToHandle(&to), options.List()));
    if (worker->handle) return worker;
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
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(worker));
  }
};

CrsPair::CrsPair(const std::string& source_wkt, const std::string& target_wkt,
                 const std::optional<std::array<double, 4>>& area)
    : impl_(std::make_unique<Impl>()) {
  impl_->source = horizontal(source_wkt);
  impl_->target = horizontal(target_wkt);
  impl_->identity = source_wkt == target_wkt || impl_->source.IsSame(&impl_->target) != FALSE;
  if (area)
    impl_->area =
        CPLSPrintf("%.16g,%.16g,%.16g,%.16g", (*area)[0], (*area)[1], (*area)[2], (*area)[3]);
}

CrsPair::~CrsPair() = default;

bool CrsPair::is_identity() const { return impl_->identity; }
double CrsPair::source_full_turn() const { return full_turn(impl_->source); }
double CrsPair::target_full_turn() const { return full_turn(impl_->target); }
void CrsPair::to_source(std::span<PixelPoint> points) const { impl_->transform(true, points); }
void CrsPair::to_target(std::span<PixelPoint> points) const { impl_->transform(false, points); }

}  // namespace cogmill::crs
