// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/gdal_transformer.hpp"

#include "src/crs/longitudes_around.hpp"
#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/scoped_config.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cogmill::crs {
namespace {

/// Points per call of GDAL, which counts in int.
constexpr std::size_t kBatch = 4096;

/// GDAL names the CRSs by their whole WKT; PROJ's own reason comes first where there is one.
std::string reason_of(const std::string& message) {
  if (message.empty()) return "no reason given";
  if (message.find("Cannot find coordinate operations") != std::string::npos)
    return "PROJ knows no coordinate operation between them";
  return message;
}

std::string ends_of(const SourceImage& image, const CPLStringList& options) {
  std::string text = image.path;
  if (!image.srs.IsEmpty()) text += " from \"" + title_of(image.srs) + "\"";
  const char* target = options.FetchNameValue("DST_SRS");
  if (target != nullptr && *target != '\0')
    text += " to \"" + title_of(srs_from_text(target, "the output's CRS")) + "\"";
  return text;
}

std::string advice_for(const SourceImage& image, const CPLStringList& options) {
  if (options.FetchNameValue("COORDINATE_OPERATION") != nullptr)
    return "check --coordinate-operation";
  switch (image.tie) {
    case Tie::kGcps:
      return "check its ground control points with gdalinfo, or try --transform-option "
             "METHOD=GCP_TPS";
    case Tie::kRpc:
      return "check its RPC metadata with gdalinfo, and RPC_DEM if you gave one";
    case Tie::kGeolocation:
      return "check its geolocation arrays with gdalinfo";
    default:
      return "check --src-crs and --dst-crs";
  }
}

void* create(const SourceImage& image, GDALDataset& georeferencing, const CPLStringList& options,
             const std::array<double, 6>& target_geotransform) {
  const io::GdalMessages messages;
  // GDAL's other strategies choose an operation by the mean of all points of a call.
  const io::ScopedConfig strategy("OGR_CT_OP_SELECTION", "PROJ");
  const LongitudesAround middle(image.centre_longitude);
  CPLStringList all = options;
  complete_options(all, image);
  void* handle =
      GDALCreateGenImgProjTransformer2(GDALDataset::ToHandle(&georeferencing), nullptr, all.List());
  if (handle == nullptr)
    throw report::RuntimeError("cannot transform " + ends_of(image, options) + ": " +
                               reason_of(messages.first_error()) + "; " +
                               advice_for(image, options));
  GDALSetGenImgProjTransformerDstGeoTransform(handle, target_geotransform.data());
  return handle;
}

}  // namespace

void GdalTransformer::Destroy::operator()(void* handle) const {
  GDALDestroyGenImgProjTransformer(handle);
}

GdalTransformer::GdalTransformer(const SourceImage& image, GDALDataset& georeferencing,
                                 const CPLStringList& options,
                                 const std::array<double, 6>& target_geotransform)
    : handle_(create(image, georeferencing, options, target_geotransform)),
      centre_longitude_(image.centre_longitude) {}

std::unique_ptr<GdalTransformer> GdalTransformer::clone() const {
  const io::GdalMessages messages;
  const io::ScopedConfig strategy("OGR_CT_OP_SELECTION", "PROJ");
  const LongitudesAround middle(centre_longitude_);
  const auto* info = static_cast<const GDALTransformerInfo*>(handle_.get());
  void* copy = info->pfnCreateSimilar(handle_.get(), 1.0, 1.0);  // GDALCloneTransformer is private
  if (copy == nullptr)
    throw report::RuntimeError("cannot copy a coordinate transformer for another thread: " +
                               reason_of(messages.first_error()));
  return std::unique_ptr<GdalTransformer>(new GdalTransformer(copy, centre_longitude_));
}

void GdalTransformer::transform(std::span<kernels::PixelPoint> points) {
  transform_all(true, points);
}

void GdalTransformer::to_output(std::span<kernels::PixelPoint> points) {
  transform_all(false, points);
}

void GdalTransformer::transform_all(bool to_source, std::span<kernels::PixelPoint> points) {
  const io::GdalMessages quiet;  // a point that fails is an answer, not an error
  // GDAL has a second way through a DEM for calls whose points lie on one parallel: always the
  // same.
  const io::ScopedConfig one_way("GDAL_RPC_DEM_OPTIM", "NO");
  for (std::size_t first = 0; first < points.size(); first += kBatch)
    transform_batch(to_source, points.subspan(first, std::min(kBatch, points.size() - first)));
}

void GdalTransformer::transform_batch(bool to_source, std::span<kernels::PixelPoint> points) {
  const std::size_t n = points.size();
  x_.resize(n);
  y_.resize(n);
  z_.assign(n, 0.0);
  ok_.assign(n, FALSE);
  for (std::size_t i = 0; i < n; ++i) {
    x_[i] = points[i].x;
    y_[i] = points[i].y;
  }
  const int whole =
      GDALGenImgProjTransform(handle_.get(), to_source ? TRUE : FALSE, static_cast<int>(n),
                              x_.data(), y_.data(), z_.data(), ok_.data());
  if (whole == FALSE && n > 1) {  // it may have stopped half-way, for the sake of one point
    for (std::size_t i = 0; i < n; ++i) transform_batch(to_source, points.subspan(i, 1));
    return;
  }
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < n; ++i) {
    const bool good =
        whole != FALSE && ok_[i] != FALSE && std::isfinite(x_[i]) && std::isfinite(y_[i]);
    points[i] = good ? kernels::PixelPoint{x_[i], y_[i]} : kernels::PixelPoint{kNaN, kNaN};
  }
}

}  // namespace cogmill::crs
