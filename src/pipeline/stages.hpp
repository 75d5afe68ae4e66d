// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/source.hpp"
#include "src/pipeline/chunk.hpp"
#include "src/pipeline/rank_state.hpp"
#include "src/pipeline/tile_encoder.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Where the chunks of one round come from: the job's inputs, or the level an earlier round has
/// made.
struct RoundInput {
  std::vector<std::shared_ptr<io::Source>> sources;  ///< by input of the operation
  std::vector<std::string> names;                    ///< for messages
  plan::Operation operation;
  partition::Window region;  ///< where the level's first pixel lies in the sources
  bool full_resolution = true;
};

// The stages, in their order. Each takes one chunk; different chunks may be in different stages at
// the same time. Compute stages spread over oneTBB tasks.

// What they find out goes into chunk.result.

/// Reads the compressed blocks under the chunk. Blocks on I/O.
void fetch(const RankState& state, const RoundInput& input, Chunk& chunk);
/// Decodes them into input planes, or straight into the first level where nothing is computed.
void decode(const RankState& state, const RoundInput& input, Chunk& chunk);
/// Computes the first level's planes from the input planes.
void evaluate(const RankState& state, const RoundInput& input, Chunk& chunk);
/// Computes each level from the one below.
void reduce_overviews(const RankState& state, Chunk& chunk);
/// Picks the chunk's part of the quicklook, if there is to be one.
void pick_picture(const RankState& state, Chunk& chunk);
/// Measures and compresses the chunk's tiles.
void encode(const RankState& state, TileEncoder& encoder, Chunk& chunk);

/// The block of a chunk that the quicklook is picked from, and its part of the picture; empty:
/// none.
struct PictureBlock {
  std::size_t block = 0;
  partition::Window part;
};
/// @pre there is to be a quicklook
PictureBlock picture_block(const RankState& state, const Chunk& chunk);

/// Types of the planes of a level: bands, then the mask.
std::vector<kernels::DataType> output_types(const plan::OutputImage& image);
/// Adds what became of input `i` of a chunk to the chunk's report.
void count_decoded(const RoundInput& input, std::size_t i, const io::DecodeReport& report,
                   Chunk& chunk);

}  // namespace cogmill::pipeline
