// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/pixel_transformer.hpp"

#include "src/crs/gdal_transformer.hpp"
#include "src/crs/keep_poles.hpp"
#include "src/crs/source_image.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numbers>
#include <utility>
#include <vector>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

/// Columns of the full-resolution image that make 360 degrees, if it goes round the globe; else 0.
double full_turn(const SourceImage& image) {
  std::array<double, 6> g = {};
  if (image.tie != Tie::kGeotransform || !image.srs.IsGeographic() ||
      image.dataset->GetGeoTransform(g.data()) != CE_None || g[2] != 0 || g[4] != 0 || g[1] == 0)
    return 0;
  const double turn = 2 * std::numbers::pi / image.srs.GetAngularUnits(nullptr);
  // Pixel sizes are often rounded: 0.0083333 degrees times 43200 is no full turn.
  constexpr double kTolerance = 0.05;  // [px]
  const auto width = static_cast<double>(image.width);
  return std::abs(width - turn / std::abs(g[1])) < kTolerance ? width : 0;
}

class PooledTransformer final : public PixelTransformer {
 public:
  PooledTransformer(SourceImage image, CPLStringList options, const TargetGrid& target,
                    double x_scale, double y_scale)
      : image_(std::move(image)),
        options_(std::move(options)),
        geotransform_(target.geotransform),
        x_scale_(x_scale),
        y_scale_(y_scale),
        period_(full_turn(image_) * x_scale),
        first_(std::make_unique<GdalTransformer>(image_, options_, geotransform_)) {
    if (!keeps_first()) give_back(std::move(first_));
  }

  double period() const override { return period_; }

  void transform(std::span<PixelPoint> points) const override {
    if (image_.tie == Tie::kGeolocation) {  // its arrays are large, and looking them up is quick
      const std::lock_guard lock(mutex_);
      first_->transform(points);
    } else {
      std::unique_ptr<GdalTransformer> mine = borrow();
      mine->transform(points);
      give_back(std::move(mine));
    }
    if (period_ > 0) keep_poles(points, static_cast<double>(image_.height));
    if (x_scale_ == 1 && y_scale_ == 1) return;
    for (PixelPoint& p : points) p = {p.x * x_scale_, p.y * y_scale_};
  }

 private:
  /// Splines are solved once, and their copies share the solution; one copy of geolocation arrays
  /// is enough.
  bool keeps_first() const { return image_.tie == Tie::kGcps || image_.tie == Tie::kGeolocation; }

  std::unique_ptr<GdalTransformer> borrow() const {
    std::unique_lock lock(mutex_);  // GDAL's CRS objects are not made for two threads
    if (!idle_.empty()) {
      std::unique_ptr<GdalTransformer> one = std::move(idle_.back());
      idle_.pop_back();
      return one;
    }
    if (first_) return first_->clone();
    const GDALDatasetUniquePtr mine = stand_in(*image_.dataset, image_.path);
    lock.unlock();  // PROJ may search for a tenth of a second
    return std::make_unique<GdalTransformer>(image_, *mine, options_, geotransform_);
  }

  void give_back(std::unique_ptr<GdalTransformer> one) const {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(one));
  }

  SourceImage image_;  // outlives the transformers, which may refer to its dataset
  CPLStringList options_;
  std::array<double, 6> geotransform_;
  double x_scale_, y_scale_;
  double period_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<GdalTransformer>> idle_;
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

}  // namespace

std::unique_ptr<PixelTransformer> make_pixel_transformer(const SourceOptions& source,
                                                         std::int64_t source_width,
                                                         std::int64_t source_height,
                                                         const TargetGrid& target) {
  check_target(target);
  SourceImage image = open_source_image(source);
  if (!target.crs_wkt.empty()) require_crs(image, source);
  const double x_scale = static_cast<double>(source_width) / static_cast<double>(image.width);
  const double y_scale = static_cast<double>(source_height) / static_cast<double>(image.height);
  CPLStringList options = transformer_options(source, target.crs_wkt);
  return std::make_unique<PooledTransformer>(std::move(image), std::move(options), target, x_scale,
                                             y_scale);
}

}  // namespace cogmill::crs
