// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"
#include "kernels/overview.hpp"
#include "kernels/predictor.hpp"
#include "partition/chunk_grid.hpp"
#include "partition/window.hpp"
#include "src/crs/target_grid.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/plan/operation.hpp"
#include "src/plan/resources.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace cogmill::plan {

/// Everything about one output file but which rank does what: same on every rank, and for any
/// number of ranks, threads or bytes of memory.
struct Plan {
  Operation operation;
  OutputImage image;                         ///< of this file: the region's size
  partition::Window region;                  ///< the part of the input grid that it holds
  std::int64_t tile = 512;                   ///< [px]
  std::vector<partition::LevelSize> levels;  ///< full resolution first
  std::vector<partition::Round> rounds;
  kernels::Resampling overview_resampling = kernels::Resampling::kAverage;
  bool average_colours = false;  ///< bands with a colour table: not the numbers of colours
  kernels::CodecSpec codec;
  kernels::Predictor predictor = kernels::Predictor::kNone;
  bool cog = true;  ///< ghost area and framed tiles
  bool separate_planes = false;
  bool sparse_ok = false;
  bool compute_statistics = false;
  bool copy_statistics = false;  ///< those of the input hold for the output
  job::BigTiff bigtiff = job::BigTiff::kIfNeeded;
  std::optional<crs::TargetGrid> grid;  ///< of the whole output; nothing: that of the first input

  std::int64_t tile_count() const;   ///< image tiles of all levels and planes, masks left out
  std::int64_t pixel_bytes() const;  ///< one output pixel of all bands
};

/// Decides grid, levels, chunks and codec of one output file. Pure.
/// @param region part of the input grid: all of it, or one piece of a VRT
/// @throws report::UsageError if creation options do not fit the image (PREDICTOR=3 on integers,
/// ...)
Plan make_plan(const job::Job& job, const Interpretation& interpretation,
               const std::vector<io::SceneInfo>& scenes, const partition::Window& region);

/// True if overviews are to be averages of colours. Pure.
bool averages_colours(const job::Job& job, const OutputImage& image,
                      const std::vector<io::SceneInfo>& scenes);

/// The first input's band that output band `band` (from 0) is made of; 0: none. Pure.
int source_band(const Plan& plan, int band);

/// Chunk ranges of every round: bounds[round] as partition::split_by_cost gives them.
using RankBounds = std::vector<std::vector<std::int64_t>>;
/// @param coverage which part of each chunk of round 0 has a source; empty: all have
RankBounds share_out(const Plan& plan, int ranks, const std::vector<double>& coverage = {});

/// What one chunk in flight, one thread and the tables take [bytes], for plan_resources.
struct WorkingSet {
  std::int64_t chunk_bytes = 0;
  std::int64_t thread_bytes = 0;
  std::int64_t table_bytes = 0;
};
WorkingSet working_set(const Plan& plan, const std::vector<io::SceneInfo>& scenes);

}  // namespace cogmill::plan
