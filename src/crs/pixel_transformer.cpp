// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/pixel_transformer.hpp"

#include "src/crs/affine.hpp"
#include "src/crs/affine_source.hpp"
#include "src/crs/gdal_transformer.hpp"
#include "src/crs/ground_area.hpp"
#include "src/crs/keep_poles.hpp"
#include "src/crs/per_thread.hpp"
#include "src/crs/recentre_map.hpp"
#include "src/crs/refine_positions.hpp"
#include "src/crs/source_image.hpp"
#include "src/crs/source_turn.hpp"
#include "src/crs/srs.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// The image as its geotransform alone ties it to the ground; nothing if another tie does.
std::optional<AffineSource> affine_source(const SourceImage& image,
                                          std::shared_ptr<const CrsPair> crs) {
  AffineSource source{image.width, image.height, {}, std::move(crs)};
  const bool tied = image.tie == Tie::kGeotransform && source.crs &&
                    image.dataset->GetGeoTransform(source.geotransform.data()) == CE_None;
  return tied ? std::optional(source) : std::nullopt;
}

/// Takes pixels whole turns away to the image.
class PixelTurn {
 public:
  explicit PixelTurn(const std::optional<AffineSource>& source) {
    if (!source) return;
    to_coordinates_ = source->geotransform;
    Affine copy = to_coordinates_;
    if (GDALInvGeoTransform(copy.data(), to_pixels_.data()) != FALSE)
      turn_ = turn_of_source(*source);
  }
  double columns() const { return turn_.columns; }
  double length() const { return turn_.length; }
  /// Pixels that lie in the right turn keep their digits.
  void bring_to_image(std::span<PixelPoint> points) const {
    if (turn_.turn == 0) return;
    for (PixelPoint& p : points) {
      const PixelPoint place = mapped(to_coordinates_, p);
      const double x = turn_.to_image(place.x);
      if (x != place.x && std::isfinite(x)) p = mapped(to_pixels_, {x, place.y});
    }
  }

 private:
  SourceTurn turn_;
  Affine to_coordinates_ = {}, to_pixels_ = {};
};

class PooledTransformer final : public PixelTransformer {
 public:
  /// @param crs from the source's CRS to the output's; nullptr: there are none
  PooledTransformer(SourceImage image, CPLStringList options, std::shared_ptr<const CrsPair> crs,
                    const TargetGrid& target, double x_scale, double y_scale)
      : image_(std::move(image)),
        options_(std::move(options)),
        crs_(std::move(crs)),
        all_on_map_(!crs_ || crs_->shows_all(target)),
        geotransform_(target.geotransform),
        x_scale_(x_scale),
        y_scale_(y_scale),
        source_turn_(affine_source(image_, crs_)),
        period_(source_turn_.columns() * x_scale),
        first_(std::make_unique<GdalTransformer>(image_, options_, geotransform_)) {
    if (crs_ && crs_->is_identity()) find_turn();
    if (!keeps_first()) idle_.give_back(std::move(first_));
  }

  double period() const override { return period_; }
  double turn() const override { return source_turn_.length() * x_scale_; }

  void transform(std::span<PixelPoint> points) const override {
    if (all_on_map_) return transform_on_map(points);
    std::vector<PixelPoint> places(points.begin(), points.end());
    transform_on_map(points);
    drop_beyond_map(places, points);
  }

  /// GDAL's transformer does not ask whether a place is on the output's map.
  void transform_on_map(std::span<PixelPoint> points) const override {
    if (turn_ > 0)
      for (PixelPoint& p : points) p.x -= turn_ * std::round((p.x - middle_) / turn_);
    if (image_.tie == Tie::kGeolocation) {  // its arrays are large, and looking them up is quick
      const std::vector<PixelPoint> asked(points.begin(), points.end());
      const std::lock_guard lock(mutex_);
      first_->transform(points);
      const PixelPoint middle{static_cast<double>(image_.width) / 2,
                              static_cast<double>(image_.height) / 2};
      refine_positions(*first_, asked, middle, output_turn(), points);
    } else {
      std::unique_ptr<GdalTransformer> mine = borrow();
      mine->transform(points);
      idle_.give_back(std::move(mine));
    }
    source_turn_.bring_to_image(points);
    if (period_ > 0) keep_poles(points, static_cast<double>(image_.height));
    if (x_scale_ == 1 && y_scale_ == 1) return;
    for (PixelPoint& p : points) p = {p.x * x_scale_, p.y * y_scale_};
  }

 private:
  /// Splines are solved once, and their copies share the solution; one copy of geolocation arrays
  /// is enough.
  bool keeps_first() const { return image_.tie == Tie::kGcps || image_.tie == Tie::kGeolocation; }

  /// 360 degrees in columns of the output; 0: it has none.
  double output_turn() const {
    const auto& g = geotransform_;
    return crs_ && g[1] != 0 && g[4] == 0 ? crs_->target_full_turn() / std::abs(g[1]) : 0;
  }

  /// Where nothing leads from one CRS to the other nothing brings their longitudes together.
  void find_turn() {
    const auto& g = geotransform_;
    double x = static_cast<double>(image_.width) / 2, y = static_cast<double>(image_.height) / 2;
    double z = 0;
    int good = FALSE;
    const io::GdalMessages quiet;
    const bool done = GDALGenImgProjTransform(first_->handle(), FALSE, 1, &x, &y, &z, &good);
    if (!done || good == FALSE || !std::isfinite(x) || g[1] == 0 || g[2] != 0 || g[4] != 0) return;
    // Control points know no turns, on whatever map they are.
    turn_ = image_.tie == Tie::kGcps && crs_ ? crs_->target_turn() / std::abs(g[1]) : output_turn();
    middle_ = x;
  }

  void drop_beyond_map(std::span<PixelPoint> places, std::span<PixelPoint> points) const {
    const auto& g = geotransform_;
    for (PixelPoint& p : places)
      p = {g[0] + p.x * g[1] + p.y * g[2], g[3] + p.x * g[4] + p.y * g[5]};
    crs_->to_source_on_map(places, crs_->map_tolerance(g));
    for (std::size_t i = 0; i < points.size(); ++i)
      if (std::isnan(places[i].x)) points[i] = places[i];
  }

  std::unique_ptr<GdalTransformer> borrow() const {
    if (auto one = idle_.take()) return one;
    std::unique_lock lock(mutex_);  // GDAL's CRS objects are not made for two threads
    if (first_) return first_->clone();
    const GDALDatasetUniquePtr mine = stand_in(*image_.dataset, image_.path);
    lock.unlock();  // PROJ may search for a tenth of a second
    return std::make_unique<GdalTransformer>(image_, *mine, options_, geotransform_);
  }

  SourceImage image_;  // outlives the transformers, which may refer to its dataset
  CPLStringList options_;
  std::shared_ptr<const CrsPair> crs_;
  bool all_on_map_;
  std::array<double, 6> geotransform_;
  double x_scale_, y_scale_;
  PixelTurn source_turn_;
  double period_;
  double turn_ = 0, middle_ = 0;  ///< 360 degrees, and where the source lies [output px]
  mutable std::mutex mutex_;
  mutable PerThread<GdalTransformer> idle_;
  std::unique_ptr<GdalTransformer> first_;  ///< nullptr unless keeps_first()
};

void check_target(const TargetGrid& target) {
  std::array<double, 6> g = target.geotransform;
  std::array<double, 6> inverse = {};
  const bool finite =
      std::all_of(g.begin(), g.end(), [](double value) { return std::isfinite(value); });
  if (!finite || !GDALInvGeoTransform(g.data(), inverse.data()))
    throw report::RuntimeError(
        "the output's geotransform has no inverse, so there is no way from its pixels to the "
        "source; check --resolution, --bbox and --like");
}

/// The way between the two CRSs, with one operation for all of the image; nullptr if there are
/// none.
/// @throws report::RuntimeError if there is no way
std::shared_ptr<const CrsPair> pair_of(const SourceImage& image, const SourceOptions& source,
                                       const TargetGrid& target) {
  const bool given = !source.coordinate_operation.empty();
  if (target.crs_wkt.empty() || (image.srs.IsEmpty() && !given)) return nullptr;
  const bool no_choice =
      given || share_datum(image.srs, srs_from_text(target.crs_wkt, "the output's CRS"));
  const auto area = no_choice ? std::nullopt : ground_area(source);
  auto pair = std::make_shared<CrsPair>(wkt_of(image.srs), target.crs_wkt, area,
                                        source.coordinate_operation);
  pair->prepare();
  return pair;
}

}  // namespace

std::unique_ptr<PixelTransformer> make_pixel_transformer(const SourceOptions& source,
                                                         std::int64_t source_width,
                                                         std::int64_t source_height,
                                                         const TargetGrid& target) {
  check_target(target);
  SourceImage image = open_source_image(source);
  recentre_map(image, source, target.crs_wkt);
  if (!target.crs_wkt.empty()) require_crs(image, source);
  CPLStringList options = transformer_options(source, target.crs_wkt);
  std::shared_ptr<const CrsPair> crs;
  try {
    crs = pair_of(image, source, target);
  } catch (const report::RuntimeError&) {
    const GdalTransformer says_why(image, options, target.geotransform);
    throw;
  }
  if (source.transformer_options.empty())
    if (const auto affine = affine_source(image, crs))
      return make_affine_transformer(*affine, source_width, source_height, target);
  if (crs && !crs->operation().empty())
    options.SetNameValue("COORDINATE_OPERATION", crs->operation().c_str());
  const double x_scale = static_cast<double>(source_width) / static_cast<double>(image.width);
  const double y_scale = static_cast<double>(source_height) / static_cast<double>(image.height);
  return std::make_unique<PooledTransformer>(std::move(image), std::move(options), std::move(crs),
                                             target, x_scale, y_scale);
}

}  // namespace cogmill::crs
