// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/file_layout.hpp"
#include "src/io/posix_file.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace cogmill::io {

/// One compressed tile of the output.
struct TileId {
  int level = 0;           ///< 0 is full resolution
  bool mask = false;       ///< a tile of the validity mask
  std::int64_t index = 0;  ///< plane * tiles of the level + tile
  friend bool operator==(const TileId&, const TileId&) = default;
};

/// A tile that the store keeps, framed as it will stand in the file.
struct KeptTile {
  TileId id;
  std::uint32_t bytes = 0;     ///< payload
  std::int32_t block = -1;     ///< memory block, or -1: in the spill file
  std::uint64_t position = 0;  ///< of the frame in its block or file
};

/// The compressed tiles this rank has made, in memory while they fit, else appended to one spill
/// file. Each tile is kept with its leader and trailer, ready to be written.
class TileStore {
 public:
  /// @param ram_bytes most memory for tiles; what comes after goes to `spill_path`
  /// @param spill_path created only when needed
  TileStore(const partition::FrameRule& rule, std::uint64_t ram_bytes, std::string spill_path);

  /// Copies a tile into the store. Thread-safe. A sparse tile is never kept.
  /// @pre !payload.empty(), and the id is new   @throws report::RuntimeError when spilling fails
  void keep(const TileId& id, std::span<const std::byte> payload);

  /// Thread-safe. @return the tile, if this rank has made it and it is not sparse
  std::optional<KeptTile> find(const TileId& id) const;
  /// Reads a payload. Thread-safe. @pre out.size() == tile.bytes
  void read(const KeptTile& tile, std::span<std::byte> out) const;

  /// The whole frame of a tile in memory. @pre tile.block >= 0
  std::span<const std::byte> frame_in_memory(const KeptTile& tile) const;
  /// Reads the whole frame of a spilled tile. @pre tile.block < 0, out.size() == frame_bytes(tile)
  void read_frame(const KeptTile& tile, std::span<std::byte> out) const;
  std::uint64_t frame_bytes(const KeptTile& tile) const {
    return std::uint64_t{rule_.leader} + tile.bytes + rule_.trailer;
  }

  /// All tiles, in the order they came. @pre nobody keeps tiles meanwhile
  const std::vector<KeptTile>& tiles() const { return tiles_; }
  std::uint64_t memory_bytes() const { return memory_bytes_; }
  std::uint64_t spilled_bytes() const { return spilled_bytes_; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> data;
    std::uint64_t capacity = 0;
    std::uint64_t used = 0;
  };
  std::byte* reserve(KeptTile& tile, std::uint64_t frame);
  bool fits_in_memory(std::uint64_t frame) const;

  partition::FrameRule rule_;
  std::uint64_t ram_bytes_;
  std::string spill_path_;
  mutable std::mutex mutex_;
  std::vector<Block> blocks_;
  std::optional<PosixFile> spill_;
  std::uint64_t memory_bytes_ = 0;
  std::uint64_t spilled_bytes_ = 0;
  std::vector<KeptTile> tiles_;
  std::unordered_map<std::uint64_t, std::size_t> index_;  ///< key of id -> position in tiles_
};

/// Writes a frame: leader (little-endian size), payload, trailer (its last bytes, zero-padded if
/// the payload is shorter). @pre out.size() == leader + payload.size() + trailer
void write_frame(const partition::FrameRule& rule, std::span<const std::byte> payload,
                 std::span<std::byte> out);

}  // namespace cogmill::io
