// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/affine.hpp"
#include "src/crs/affine_source.hpp"
#include "src/crs/keep_poles.hpp"
#include "src/crs/source_turn.hpp"
#include "src/report/error.hpp"

#include <gdal.h>

#include <algorithm>
#include <cmath>

namespace cogmill::crs {
namespace {

using kernels::PixelPoint;

Affine inverse_of(const Affine& transform, const char* whose) {
  Affine copy = transform, inverse = {};
  const bool finite =
      std::all_of(copy.begin(), copy.end(), [](double value) { return std::isfinite(value); });
  if (!finite || GDALInvGeoTransform(copy.data(), inverse.data()) == FALSE)
    throw report::RuntimeError(std::string("the geotransform of the ") + whose +
                               " has no inverse; look at it with gdalinfo");
  return inverse;
}

class AffineTransformer final : public PixelTransformer {
 public:
  AffineTransformer(const AffineSource& source, std::int64_t width, std::int64_t height,
                    const TargetGrid& target)
      : crs_(source.crs),
        to_coordinates_(target.geotransform),
        to_pixels_(inverse_of(source.geotransform, "source")),
        x_scale_(static_cast<double>(width) / static_cast<double>(source.width)),
        y_scale_(static_cast<double>(height) / static_cast<double>(source.height)),
        height_(static_cast<double>(source.height)),
        turn_(turn_of_source(source)),
        tolerance_(crs_->map_tolerance(target.geotransform)),
        all_on_map_(crs_->shows_all(target)) {
    static_cast<void>(inverse_of(target.geotransform, "output"));
  }

  double period() const override { return turn_.columns * x_scale_; }
  double turn() const override { return turn_.length * x_scale_; }

  void transform(std::span<PixelPoint> points) const override {
    if (all_on_map_) return transform_on_map(points);
    for (PixelPoint& p : points) p = mapped(to_coordinates_, p);
    crs_->to_source_on_map(points, tolerance_);
    finish(points);
  }

  void transform_on_map(std::span<PixelPoint> points) const override {
    for (PixelPoint& p : points) p = mapped(to_coordinates_, p);
    crs_->to_source(points);
    finish(points);
  }

 private:
  /// Coordinates of the source's CRS to pixels.
  void finish(std::span<PixelPoint> points) const {
    for (PixelPoint& p : points) p = mapped(to_pixels_, {turn_.to_image(p.x), p.y});
    if (turn_.columns > 0) keep_poles(points, height_);
    if (x_scale_ == 1 && y_scale_ == 1) return;
    for (PixelPoint& p : points) p = {p.x * x_scale_, p.y * y_scale_};
  }

  std::shared_ptr<const CrsPair> crs_;
  Affine to_coordinates_, to_pixels_;
  double x_scale_, y_scale_, height_;
  SourceTurn turn_;
  double tolerance_;
  bool all_on_map_;
};

}  // namespace

std::unique_ptr<PixelTransformer> make_affine_transformer(const AffineSource& source,
                                                          std::int64_t source_width,
                                                          std::int64_t source_height,
                                                          const TargetGrid& target) {
  return std::make_unique<AffineTransformer>(source, source_width, source_height, target);
}

}  // namespace cogmill::crs
