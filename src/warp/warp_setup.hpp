// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/warp/warp_kernel.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/target_grid.hpp"
#include "src/io/scene_info.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::warp {

/// Where the table stands that a band's numbers are of.
struct ColourSource {
  std::string path;  ///< a file
  int band = 0;      ///< its band, from 1
  /// A number that means no data once more sources are put together, which a mixture is never to
  /// become; nothing: WarpSetup::dst_nodata.
  std::optional<kernels::Nodata> stored_nodata = {};
};

/// One input on its way to the output's grid.
struct WarpSetup {
  io::SceneInfo scene;  ///< of the file, or of the overview that is read instead
  crs::SourceOptions source;
  crs::TargetGrid grid;
  kernels::WarpKernel kernel;
  double error_threshold = 0.125;  ///< [source px]
  /// By band: what is invalid in the source, and what invalid pixels of the output become.
  std::vector<std::optional<kernels::Nodata>> src_nodata, dst_nodata;
  bool all_bands_invalid = false;  ///< UNIFIED_SRC_NODATA=YES: invalid only where all bands are
  /// The band that the others are multiplied by, and never larger than; 0: there is none.
  int premultiplied_by = 0;
  /// By band: the numbers of these are not mixed, their colours are. May be shorter.
  std::vector<std::optional<ColourSource>> colours = {};
  /// From the output's pixels to the scene's; nullptr: it is made from `source`.
  std::shared_ptr<const crs::PixelTransformer> transformer = {};
};

}  // namespace cogmill::warp
