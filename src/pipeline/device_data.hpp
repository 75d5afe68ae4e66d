// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/raw_source.hpp"
#include "src/pipeline/host_buffer.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cogmill::pipeline {

/// Decompressed blocks of one input on their way to a device: by group, first what describes the
/// group's blocks, then their bytes.
struct RawInput {
  struct Group {
    std::size_t begin = 0;   ///< of its part of the memory
    std::int64_t count = 0;  ///< blocks
  };
  io::RawWindow window;
  std::vector<Group> groups;
  std::vector<std::size_t> offsets;  ///< of each block, in the memory
  HostBuffer memory;
  bool used = false;  ///< by the chunk at hand
};

/// Tiles of one level that a device packs together.
struct PackedBatch {
  std::size_t block = 0;              ///< of the chunk
  std::size_t plane = 0, planes = 1;  ///< of its level: bands that lie in one tile, or the mask
  bool mask = false;
  std::int64_t first = 0, count = 0;  ///< tiles of the block, row by row
  std::size_t tile_bytes = 0;
  std::size_t offset = 0;  ///< of the batch in PackedTiles::memory

  /// Behind the tiles: which of their planes are without data.
  std::size_t flags() const { return mask ? 0 : static_cast<std::size_t>(count) * planes; }
  std::size_t bytes() const { return static_cast<std::size_t>(count) * tile_bytes + flags(); }
};

/// Packed and predicted tiles that came back from a device.
struct PackedTiles {
  std::vector<PackedBatch> batches;
  HostBuffer memory;
};

}  // namespace cogmill::pipeline
