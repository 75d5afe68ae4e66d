// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/affine_source.hpp"
#include "src/exchange/communicator.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/warp/mosaic_source.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Where the sources of a mosaic lie, same on every rank.
struct MosaicLayout {
  std::string crs_wkt;                             ///< the output's
  std::vector<warp::MosaicCrs> crs;                ///< the sources', each once
  std::vector<std::optional<std::size_t>> crs_of;  ///< by source; nothing: GCPs, RPC, ...
  std::vector<crs::ProjectedBounds> bounds;        ///< by source, in the output's CRS
  crs::TargetGrid grid;
};

/// The way from one CRS to the output's.
std::vector<std::shared_ptr<const crs::CrsPair>> make_pairs(const MosaicLayout& layout);

/// @pre the scene has a geotransform
crs::AffineSource affine_source(const io::SceneInfo& scene,
                                std::shared_ptr<const crs::CrsPair> pair);

/// Bounds of all sources in the output's CRS, found by all ranks, and the grid around them, which
/// root chooses. *Collective.*
/// @throws exchange::AgreedError, report::UsageError: a source without CRS, or outside the domain
/// of the output's; what choose_target_grid throws
MosaicLayout share_layout(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                          exchange::Communicator& comm, int threads);

/// How each source comes onto the layout's grid. *Collective.* @throws exchange::AgreedError
std::vector<warp::MosaicLayer> share_layers(const job::Job& job,
                                            const std::vector<io::SceneInfo>& scenes,
                                            const MosaicLayout& layout,
                                            exchange::Communicator& comm, int threads);

}  // namespace cogmill::pipeline
