// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/cutline.hpp"
#include "src/warp/warped_source.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace cogmill::warp {

/// What lies outside a cutline.
struct CutlineSetup {
  std::shared_ptr<const crs::Cutline> cutline;             ///< placed on the output's grid
  std::vector<std::optional<kernels::Nodata>> dst_nodata;  ///< by plane: what those of bands get
  int alpha_band = 0;  ///< a band of the source that is 0 outside; 0: none
};

/// A source on the output's grid with nothing outside the cutline: there image bands are nodata (0
/// if there is none), masks and alpha 0. What lies outside altogether is not read.
std::unique_ptr<WarpedSource> make_cutline_source(std::shared_ptr<io::Source> source,
                                                  CutlineSetup setup);

}  // namespace cogmill::warp
