// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/file_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cogmill::io {

/// One compressed tile of the output.
struct TileId {
  int level = 0;           ///< 0 is full resolution
  bool mask = false;       ///< a tile of the validity mask
  std::int64_t index = 0;  ///< plane * tiles of the level + tile
  friend bool operator==(const TileId&, const TileId&) = default;
};

/// A compressed tile between its leader and trailer, ready to be written: a value that says all of
/// itself.
struct EncodedTile {
  TileId id;
  std::uint32_t bytes = 0;       ///< of the payload
  std::vector<std::byte> frame;  ///< leader, payload, trailer
};

/// Puts a payload into its frame: leader (little-endian size), payload, trailer (its last bytes,
/// zero-padded if the payload is shorter).   @pre !payload.empty()
EncodedTile frame_tile(const partition::FrameRule& rule, const TileId& id,
                       std::span<const std::byte> payload);

}  // namespace cogmill::io
