// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/encoded_tile.hpp"

#include <algorithm>

namespace cogmill::io {

EncodedTile frame_tile(const partition::FrameRule& rule, const TileId& id,
                       std::span<const std::byte> payload) {
  const auto size = static_cast<std::uint32_t>(payload.size());
  EncodedTile tile{id, size, {}};
  tile.frame.reserve(payload.size() + rule.leader + rule.trailer);
  for (std::uint32_t i = 0; i < rule.leader; ++i)
    tile.frame.push_back(static_cast<std::byte>(size >> (8 * i)));
  tile.frame.insert(tile.frame.end(), payload.begin(), payload.end());
  const auto repeated = payload.last(std::min<std::size_t>(payload.size(), rule.trailer));
  tile.frame.insert(tile.frame.end(), repeated.begin(), repeated.end());
  tile.frame.resize(payload.size() + rule.leader + rule.trailer);
  return tile;
}

}  // namespace cogmill::io
