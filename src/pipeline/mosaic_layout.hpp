// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/crs/affine_source.hpp"
#include "src/crs/map_cut.hpp"
#include "src/exchange/communicator.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/warp/mosaic_source.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Where a source lies in the output's CRS, as far as that can be told.
struct SourceBounds {
  std::optional<std::array<double, 4>> box;         ///< of the part that has a place there
  std::optional<std::array<double, 2>> resolution;  ///< if that is the whole source, or tells it
  /// The box is that of both its parts; with a resolution, of all but a sliver (without_sliver).
  std::optional<crs::MapCut> cut = {};
  bool beyond_mercator = false;  ///< it goes on to a pole: the box does not
};

/// Where the sources of a mosaic lie, same on every rank.
struct MosaicLayout {
  std::string crs_wkt;                             ///< the output's
  std::vector<warp::MosaicCrs> crs;                ///< the sources', each once
  std::vector<std::optional<std::size_t>> crs_of;  ///< by source; nothing: GCPs, RPC, ...
  std::vector<SourceBounds> bounds;                ///< by source
  crs::TargetGrid grid;
};

/// The way from one CRS to the output's.
std::vector<std::shared_ptr<const crs::CrsPair>> make_pairs(const MosaicLayout& layout);

/// @pre the scene has a geotransform
crs::AffineSource affine_source(const io::SceneInfo& scene,
                                std::shared_ptr<const crs::CrsPair> pair);

/// The grid for the sources: gdalwarp's for what they cover and the command line says. On root,
/// which warns where they lie partly outside the CRS's domain.
/// @param first source
/// @throws report::RuntimeError if neither they nor the command line tell; what choose_target_grid
/// throws
crs::TargetGrid choose_mosaic_grid(const job::Job& job, const io::SceneInfo& first,
                                   const MosaicLayout& layout);

/// Bounds of all sources in the output's CRS, found by all ranks, and the grid around them, which
/// root chooses. *Collective.*
/// @throws exchange::AgreedError, report::UsageError: a source without CRS; none with a place in
/// the output's, if the grid depends on it; what choose_target_grid throws
MosaicLayout share_layout(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                          exchange::Communicator& comm, int threads);

/// How each source comes onto the layout's grid. *Collective.* @throws exchange::AgreedError
std::vector<warp::MosaicLayer> share_layers(const job::Job& job,
                                            const std::vector<io::SceneInfo>& scenes,
                                            const MosaicLayout& layout,
                                            exchange::Communicator& comm, int threads);

}  // namespace cogmill::pipeline
