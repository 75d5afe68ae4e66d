// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/window.hpp"
#include "src/io/block_cache.hpp"
#include "src/io/fast_path.hpp"
#include "src/io/source.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cogmill::io {

/// The fetched bands that come out of the same blocks.
struct BlockGroup {
  const TiffLayer* layer = nullptr;
  bool is_mask = false;              ///< the layer is the mask
  bool validity = false;             ///< wanted as 0 or 255: a mask, or an alpha band as one
  int plane = 0;                     ///< of a layer with separate bands
  std::vector<int> samples = {};     ///< of each block, one per output
  std::vector<std::size_t> outputs;  ///< positions in the list of fetched bands
  std::string label;                 ///< for messages: "band 2", "bands 1-4", "mask"
};

/// One block of a window, read but not decoded.
struct FetchedBlock {
  const BlockGroup* group = nullptr;
  std::int64_t col = 0, row = 0;  ///< in blocks
  bool sparse = false;
  std::span<const std::byte> stored = {};
  std::shared_ptr<const DecodedBlock> cached = {};
  std::string error = {};  ///< why it could not be read

  BlockKey key() const {
    return {group->is_mask, group->layer->directory.block_index(group->plane, col, row)};
  }
};

/// What TiffSource::fetch hands to decode.
class TiffWindow final : public Fetched {
 public:
  TiffWindow(const partition::Window& window, std::vector<BlockGroup> groups);

  /// Lists the blocks of the window, takes those the cache has, and reads the others with merged
  /// reads. Blocks that lie outside the file or cannot be read get their `error`.
  void read(BlockCache& cache);

  std::int64_t bytes_read() const override { return bytes_read_; }
  const partition::Window& window() const { return window_; }
  std::span<const FetchedBlock> blocks() const { return blocks_; }
  std::span<const BlockGroup> groups() const { return groups_; }

  /// Bands that no block fills: the mask of a file without one.
  std::vector<std::size_t> all_valid;

 private:
  struct Wanted {
    FetchedBlock* block;
    ByteReader* file;
    ByteRange range;
  };
  void list_blocks(BlockCache& cache);
  std::vector<Wanted> locate_blocks();
  void read_merged(std::span<const Wanted> wanted);
  void read_alone(const Wanted& wanted);
  std::span<std::byte> new_buffer(std::int64_t bytes);

  partition::Window window_;
  std::vector<BlockGroup> groups_;
  std::vector<FetchedBlock> blocks_;
  std::vector<std::unique_ptr<std::byte[]>> buffers_;
  std::int64_t bytes_read_ = 0;
};

/// @return "band 2, tile col 8 row 0 (512x512)" or "mask, strip 7 (1000x16)"
std::string describe(const FetchedBlock& block);

}  // namespace cogmill::io
