// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/warp/warp_kernel.hpp"
#include "src/io/scene_info.hpp"
#include "src/warp/mosaic_source.hpp"
#include "src/warp/warp_setup.hpp"

#include <optional>
#include <vector>

namespace cogmill::plan {

/// True if pixels are numbers of colours, which a mean says nothing of: those of a band with a
/// table, unless it is inverted grey, whose table is made up.
bool counts_colours(const io::BandInfo& band, const io::SceneInfo& scene);

/// By band: whose colours are to be resampled in place of their numbers. None for methods that take
/// one of the samples (near, mode, min, max, med, q1, q3).
/// @throws report::UsageError for the sum of colours, which is none
std::vector<std::optional<warp::ColourSource>> mixed_colours(const io::SceneInfo& scene,
                                                             kernels::WarpResampling resampling);

/// Sources of a mosaic that have no colour table have that of the first one with a table: their
/// numbers are taken for the same.
/// @param scenes of the layers   @param nodata of the output, by band number of the first scene
void complete_colours(std::vector<warp::MosaicLayer>& layers,
                      const std::vector<io::SceneInfo>& scenes,
                      const std::vector<std::optional<kernels::Nodata>>& nodata);

}  // namespace cogmill::plan
