// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/pixel_block.hpp"
#include "src/io/scene_info.hpp"
#include "src/io/source.hpp"
#include "src/warp/warp_pieces.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::warp {

/// What is read of a source file for the bands that are asked for.
struct SourceReading {
  std::vector<int> image;       ///< band numbers, from 1
  bool validity = false;        ///< its mask, or whether its alpha is 0
  int alpha = 0;                ///< band number of the opacity; 0: there is none
  bool mask_and_alpha = false;  ///< validity is of a mask that does not speak of the alpha
  std::vector<int> bands;       ///< all of it, in the order of planes: image, validity, alpha
  std::vector<kernels::DataType> types;
};

/// @param image band numbers without masks and alpha
SourceReading plan_reading(const io::SceneInfo& scene, std::vector<int> image);

/// @return whether pixels of any band that is read may be nodata   @param nodata by band number
/// from 1
bool has_nodata(const SourceReading& reading,
                const std::vector<std::optional<kernels::Nodata>>& nodata);

/// Source pixels of one piece with all that says whether they count. Its buffers are reused.
class SourceBlock {
 public:
  /// Decodes the parts of an unrolled window, read or not yet read, into one block.
  io::DecodeReport decode(io::Source& source, const SourceReading& reading,
                          const partition::Window& window, std::span<const UnrolledPart> parts,
                          std::span<const std::unique_ptr<io::Fetched>> fetched);

  /// Finds out which pixels count. @param nodata by band number from 1, index 0 is band 1
  void find_valid(const SourceReading& reading,
                  const std::vector<std::optional<kernels::Nodata>>& nodata, bool all_bands);

  /// Everything that was decoded, in the order of SourceReading::bands.
  const io::PixelBlock& decoded() const { return pixels_; }
  const partition::Window& window() const { return pixels_.window(); }
  kernels::ConstPlane pixels(std::size_t image_band) const { return pixels_.plane(image_band); }
  /// data == nullptr: every pixel counts
  kernels::ConstPlane valid(std::size_t image_band) const { return valid_[image_band]; }
  /// data == nullptr: all are opaque
  kernels::PlaneView<const float> density() const { return density_; }

 private:
  kernels::Plane begin_valid(std::size_t plane, const SourceReading& reading) const;
  void unite(std::size_t bands);
  void hide_transparent(const SourceReading& reading);
  void find_density(const SourceReading& reading);

  io::PixelBlock pixels_, masks_, opacity_;
  std::vector<kernels::ConstPlane> valid_;
  kernels::PlaneView<const float> density_;
};

}  // namespace cogmill::warp
