// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/average_colours.hpp"
#include "src/io/source.hpp"
#include "src/io/tile_store.hpp"
#include "src/plan/plan.hpp"
#include "src/report/trace.hpp"
#include "src/warp/warped_source.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// What this rank has done, summed over its threads.
struct Counters {
  std::atomic<std::int64_t> bytes_read = 0;     ///< from storage
  std::atomic<std::int64_t> bytes_decoded = 0;  ///< pixels of source blocks
  std::atomic<std::int64_t> tiles = 0;          ///< encoded, masks left out
  std::atomic<std::int64_t> bytes_done = 0;     ///< output pixels of finished chunks
  std::atomic<std::int64_t> moved_pixels = 0;   ///< off nodata
  warp::WarpReport warp;                        ///< complete when all chunks are
};

/// Damaged source blocks that were replaced by nodata.
class CorruptBlocks {
 public:
  /// @param file empty: the blocks name it
  void add(const std::string& file, const std::vector<std::string>& blocks);
  std::vector<std::string> list()
      const;  ///< sorted, each once: neighbouring chunks read a block twice

 private:
  mutable std::mutex mutex_;
  std::set<std::string> blocks_;
};

class Picture;

/// What the stages of one rank share while they make one output file. Outlives all chunks.
struct RankState {
  const plan::Plan& plan;
  io::TileStore& store;
  report::Trace& trace;
  Counters& counters;
  CorruptBlocks& corrupt;
  Picture* picture = nullptr;  ///< to be picked, or none
  /// By band: the colours that overviews are averages of; empty: they are averages of pixels.
  std::vector<std::vector<kernels::Colour>> colours = {};
};

}  // namespace cogmill::pipeline
