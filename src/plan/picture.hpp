// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/pick_pixels.hpp"
#include "partition/tile_grid.hpp"
#include "partition/window.hpp"
#include "src/plan/chunk_blocks.hpp"
#include "src/plan/operation.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cogmill::plan {

/// What a quicklook shows: pixels of one level, picked as chunks pass. Decided by the output's
/// levels alone, so that the picture is one for any decomposition.
struct PicturePlan {
  int level = 0;  ///< the smallest one that is not smaller than the picture
  kernels::PickAxis across, down;
  std::vector<std::size_t> planes;  ///< of a level: one or three bands, then what says where they
                                    ///< are valid
  std::size_t bands = 1;            ///< how many of the planes are bands
  std::vector<kernels::DataType> types;  ///< of the planes

  partition::Window whole() const { return {0, 0, across.picked, down.picked}; }
};

/// A picture of at most 1024 pixels a side.   @param levels full resolution first
PicturePlan plan_picture(const std::vector<partition::LevelSize>& levels, const OutputImage& image);

/// The size of the pixels that plan_picture would pick for an output of these levels [bytes].
std::int64_t picture_bytes(const std::vector<partition::LevelSize>& levels,
                           const OutputImage& image);

/// The part of the picture that is picked from the tiles a chunk owns; empty: none.
partition::Window picture_part(const PicturePlan& plan, const partition::TileGrid& grid,
                               const LevelBlock& block);

/// How a part of the picture is picked from a chunk's pixels of its level.
/// @param part as picture_part gives it, not empty
kernels::PickPart pick_part(const PicturePlan& plan, const LevelBlock& block,
                            const partition::Window& part);

}  // namespace cogmill::plan
