// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tile_store.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace cogmill::io {
namespace {

/// level < 2^8, mask 1 bit, index < 2^55
std::uint64_t key_of(const TileId& id) {
  return static_cast<std::uint64_t>(id.level) << 56 |
         static_cast<std::uint64_t>(id.mask ? 1 : 0) << 55 | static_cast<std::uint64_t>(id.index);
}

}  // namespace

TileStore::TileStore(const partition::FrameRule& rule, std::uint64_t ram_bytes,
                     std::string spill_path)
    : rule_(rule), ram_bytes_(ram_bytes), spill_path_(std::move(spill_path)) {}

KeptTile TileStore::list(EncodedTile& tile) {
  const std::lock_guard lock(*mutex_);
  KeptTile kept{.id = tile.id, .bytes = tile.bytes};
  if (!index_.emplace(key_of(tile.id), tiles_.size()).second)
    throw std::logic_error("a tile was made twice");
  kept.spilled = memory_bytes_ + tile.frame.size() > ram_bytes_;
  if (kept.spilled) {
    if (!spill_) spill_.emplace(spill_path_, PosixFile::Mode::kCreate);
    kept.position = std::exchange(spilled_bytes_, spilled_bytes_ + tile.frame.size());
  } else {
    kept.position = frames_.size();
    memory_bytes_ += tile.frame.size();
    frames_.push_back(std::move(tile.frame));
  }
  tiles_.push_back(kept);
  return kept;
}

void TileStore::keep(EncodedTile tile) {
  const KeptTile kept = list(tile);
  if (kept.spilled) spill_->write_at(kept.position, tile.frame);
}

std::optional<KeptTile> TileStore::find(const TileId& id) const {
  const std::lock_guard lock(*mutex_);
  const auto found = index_.find(key_of(id));
  if (found == index_.end()) return std::nullopt;
  return tiles_[found->second];
}

std::span<const std::byte> TileStore::frame_in_memory(const KeptTile& tile) const {
  const std::lock_guard lock(*mutex_);  // frames_ may grow while others read; no frame moves
  return frames_[static_cast<std::size_t>(tile.position)];
}

void TileStore::read_frame(const KeptTile& tile, std::span<std::byte> out) const {
  spill_->read_at(tile.position, out);
}

void TileStore::read(const KeptTile& tile, std::span<std::byte> out) const {
  if (tile.spilled) {
    spill_->read_at(tile.position + rule_.leader, out);
  } else {
    std::ranges::copy(frame_in_memory(tile).subspan(rule_.leader, tile.bytes), out.begin());
  }
}

}  // namespace cogmill::io
