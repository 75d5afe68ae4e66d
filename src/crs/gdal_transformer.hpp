// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "src/crs/source_image.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::crs {

/// GDAL's image to image transformer, from output pixels to pixels of the full-resolution source.
/// One thread at a time.
class GdalTransformer {
 public:
  /// @throws report::RuntimeError naming the file and GDAL's or PROJ's reason
  GdalTransformer(const SourceImage& image, const CPLStringList& options,
                  const std::array<double, 6>& target_geotransform)
      : GdalTransformer(image, *image.dataset, options, target_geotransform) {}
  /// @param georeferencing a stand-in for the image's dataset, used during the call only
  GdalTransformer(const SourceImage& image, GDALDataset& georeferencing,
                  const CPLStringList& options, const std::array<double, 6>& target_geotransform);

  /// Another one that gives the same positions. Cheaper than a new one for thin plate splines.
  std::unique_ptr<GdalTransformer> clone() const;

  /// Replaces output positions by source positions, NaN where there is none. Pure: neither the
  /// other points nor earlier calls matter.
  void transform(std::span<kernels::PixelPoint> points);

  /// The same the other way.
  void to_output(std::span<kernels::PixelPoint> points);

  void* handle() const { return handle_.get(); }

 private:
  struct Destroy {
    void operator()(void* handle) const;
  };
  GdalTransformer(void* handle, std::optional<double> centre_longitude)
      : handle_(handle), centre_longitude_(centre_longitude) {}
  void transform_all(bool to_source, std::span<kernels::PixelPoint> points);
  void transform_batch(bool to_source, std::span<kernels::PixelPoint> points);

  std::unique_ptr<void, Destroy> handle_;
  std::optional<double> centre_longitude_;
  std::vector<double> x_, y_, z_;
  std::vector<int> ok_;
};

}  // namespace cogmill::crs
