// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/file_layout.hpp"
#include "src/io/encoded_tile.hpp"
#include "src/io/posix_file.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace cogmill::io {

/// A tile that the store keeps, framed as it will stand in the file.
struct KeptTile {
  TileId id;
  std::uint32_t bytes = 0;     ///< payload
  bool spilled = false;        ///< in the spill file, else in memory
  std::uint64_t position = 0;  ///< of the frame in the spill file; in memory: its number
};

/// The compressed tiles this rank has made, in memory while they fit, else appended to one spill
/// file.
class TileStore {
 public:
  /// @param rule of all frames that are kept
  /// @param ram_bytes most memory for tiles; what comes after goes to `spill_path`
  /// @param spill_path created only when needed
  TileStore(const partition::FrameRule& rule, std::uint64_t ram_bytes, std::string spill_path);

  /// Takes a tile in. Thread-safe. A sparse tile is never kept.
  /// @pre the id is new   @throws report::RuntimeError when spilling fails
  void keep(EncodedTile tile);

  /// Thread-safe. @return the tile, if this rank has made it and it is not sparse
  std::optional<KeptTile> find(const TileId& id) const;
  /// Reads a payload. Thread-safe. @pre out.size() == tile.bytes
  void read(const KeptTile& tile, std::span<std::byte> out) const;

  /// The whole frame of a tile in memory. @pre !tile.spilled
  std::span<const std::byte> frame_in_memory(const KeptTile& tile) const;
  /// Reads the whole frame of a spilled tile. @pre tile.spilled, out.size() == frame_bytes(tile)
  void read_frame(const KeptTile& tile, std::span<std::byte> out) const;
  std::uint64_t frame_bytes(const KeptTile& tile) const {
    return std::uint64_t{rule_.leader} + tile.bytes + rule_.trailer;
  }
  const partition::FrameRule& rule() const { return rule_; }

  /// All tiles, in the order they came. @pre nobody keeps tiles meanwhile
  const std::vector<KeptTile>& tiles() const { return tiles_; }
  std::uint64_t memory_bytes() const { return memory_bytes_; }
  std::uint64_t spilled_bytes() const { return spilled_bytes_; }

 private:
  /// Lists the tile with its place: the frame moves into memory if it fits.
  KeptTile list(EncodedTile& tile);

  partition::FrameRule rule_;
  std::uint64_t ram_bytes_;
  std::string spill_path_;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  ///< so that stores move
  std::vector<std::vector<std::byte>> frames_;                          ///< in memory
  std::optional<PosixFile> spill_;
  std::uint64_t memory_bytes_ = 0;
  std::uint64_t spilled_bytes_ = 0;
  std::vector<KeptTile> tiles_;
  std::unordered_map<std::uint64_t, std::size_t> index_;  ///< key of id -> position in tiles_
};

}  // namespace cogmill::io
