// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/statistics.hpp"
#include "src/io/tile_store.hpp"
#include "src/pipeline/chunk_result.hpp"
#include "src/pipeline/picture.hpp"

#include <memory>
#include <vector>

namespace cogmill::pipeline {

/// What computing one output file ends in, on one rank: all that the file is made of, and nothing
/// of how and where it will be written.
struct ComputedFile {
  /// @param picture to be put together from the chunks, or none
  ComputedFile(io::TileStore kept, std::unique_ptr<Picture> picture_or_none)
      : store(std::move(kept)), picture(std::move(picture_or_none)) {}

  /// Takes in what became of a chunk. Not thread-safe: results come one at a time, in chunk order,
  /// so that the file does not depend on who was faster.
  /// @throws report::RuntimeError when spilling fails
  void commit(ChunkResult result);

  io::TileStore store;  ///< tiles that this rank has made
  /// By chunk, then by band: those of this rank's chunks. On root, when all is computed: by band,
  /// of the whole image.
  std::vector<kernels::Statistics> statistics;
  std::unique_ptr<Picture> picture;  ///< this rank's part
  WorkReport report;                 ///< of this rank
  bool has_data =
      false;  ///< any pixel of the whole file is valid in any band; when all is computed
};

}  // namespace cogmill::pipeline
