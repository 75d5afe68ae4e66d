// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/scene_info.hpp"
#include "src/io/source.hpp"
#include "src/warp/plane_engine.hpp"
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

/// Source pixels of one piece with all that says whether they count, in an engine's rooms.
class SourceBlock {
 public:
  explicit SourceBlock(PlaneEngine& engine) : engine_(engine) {}

  /// Decodes the parts of an unrolled window, read or not yet read, into one block.
  io::DecodeReport decode(io::Source& source, const SourceReading& reading,
                          const partition::Window& window, std::span<const UnrolledPart> parts,
                          std::span<const std::unique_ptr<io::Fetched>> fetched);

  /// Finds out which pixels count. @param nodata by band number from 1, index 0 is band 1
  /// @param all_bands a pixel is nodata only where all bands are; NaN never counts all the same
  void find_valid(const SourceReading& reading,
                  const std::vector<std::optional<kernels::Nodata>>& nodata, bool all_bands);

  const partition::Window& window() const { return window_; }
  std::size_t bands() const { return valid_.size(); }  ///< image bands
  kernels::ConstPlane pixels(std::size_t image_band) const { return pixels_[image_band]; }
  /// data == nullptr: every pixel counts
  kernels::ConstPlane valid(std::size_t image_band) const { return valid_[image_band]; }
  /// The opacity as it is stored; data == nullptr: there is none
  kernels::ConstPlane alpha() const { return alpha_; }
  /// Weights of Float32; data == nullptr: all that is visible weighs alike
  kernels::ConstPlane density() const { return density_; }

 private:
  void begin_valid(const kernels::Plane& valid, const SourceReading& reading);
  void unite_bands(std::span<const kernels::Plane> masks);
  void look_at_alpha(const SourceReading& reading);

  PlaneEngine& engine_;
  partition::Window window_;
  std::span<const kernels::Plane> pixels_;  ///< in the order of SourceReading::bands
  std::vector<kernels::ConstPlane> valid_;
  kernels::ConstPlane alpha_, density_;
};

}  // namespace cogmill::warp
