// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/statistics.hpp"
#include "src/exchange/communicator.hpp"
#include "src/io/encoded_tile.hpp"
#include "src/io/pixel_block.hpp"
#include "src/io/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// What making pixels took and came across, of a chunk or of all.
struct WorkReport {
  std::int64_t bytes_read = 0;     ///< from storage
  std::int64_t bytes_decoded = 0;  ///< pixels of source blocks
  std::int64_t tiles = 0;          ///< encoded, masks left out
  std::int64_t bytes_done = 0;     ///< output pixels of finished chunks
  io::WarpReport warp;
  std::vector<std::string> corrupt;  ///< "FILE: BLOCK: why" of each that was replaced by nodata

  void add(const WorkReport& other);
};

/// All that computing one chunk ends in, wherever it was computed: a value, which nothing else
/// leaves a chunk beside. Committed in chunk order, by ComputedFile::commit() alone.
struct ChunkResult {
  std::int64_t chunk = 0;                       ///< number in its round
  std::vector<io::EncodedTile> tiles;           ///< of all its levels; no sparse ones
  std::vector<kernels::Statistics> statistics;  ///< by band, of full resolution; empty: not wanted
  std::optional<io::PixelBlock> picture;        ///< its part of the quicklook
  WorkReport report;
  std::optional<exchange::Failure> failure;  ///< why it could not be made: the rest is void then
};

}  // namespace cogmill::pipeline
