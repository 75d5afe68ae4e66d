// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/pixel_block.hpp"
#include "src/io/source.hpp"
#include "src/pipeline/chunk_result.hpp"
#include "src/pipeline/device_data.hpp"
#include "src/plan/chunk_blocks.hpp"
#include "src/warp/host_engine.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace cogmill::pipeline {

/// A chunk on its way through the stages. Its buffers are reused for the next one.
struct Chunk {
  std::int64_t number = 0;
  std::vector<plan::LevelBlock> blocks;               ///< one a level, finest first
  std::vector<std::unique_ptr<io::Fetched>> fetched;  ///< by input
  std::vector<io::PixelBlock> inputs;                 ///< by input, where they are not the output
  std::vector<RawInput> raw;                          ///< by input, where a device unpacks it
  warp::HostEngine staging;                           ///< what is decoded to be resampled there
  PackedTiles packed;                                 ///< tiles that a device packed
  std::vector<io::PixelBlock> levels;                 ///< by block: image bands, then the mask
  ChunkResult result;                                 ///< what leaves the chunk
};

}  // namespace cogmill::pipeline
