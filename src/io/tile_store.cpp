// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/tile_store.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace cogmill::io {
namespace {

constexpr std::uint64_t kBlockBytes = std::uint64_t{8} << 20;

/// level < 2^8, mask 1 bit, index < 2^55
std::uint64_t key_of(const TileId& id) {
  return static_cast<std::uint64_t>(id.level) << 56 |
         static_cast<std::uint64_t>(id.mask ? 1 : 0) << 55 | static_cast<std::uint64_t>(id.index);
}

}  // namespace

void write_frame(const partition::FrameRule& rule, std::span<const std::byte> payload,
                 std::span<std::byte> out) {
  const auto size = static_cast<std::uint32_t>(payload.size());
  for (std::uint32_t i = 0; i < rule.leader; ++i) out[i] = static_cast<std::byte>(size >> (8 * i));
  std::ranges::copy(payload, out.begin() + rule.leader);
  const auto trailer = out.last(rule.trailer);
  std::ranges::fill(trailer, std::byte{0});
  const std::size_t repeated = std::min(payload.size(), trailer.size());
  std::ranges::copy(payload.last(repeated), trailer.begin());
}

TileStore::TileStore(const partition::FrameRule& rule, std::uint64_t ram_bytes,
                     std::string spill_path)
    : rule_(rule), ram_bytes_(ram_bytes), spill_path_(std::move(spill_path)) {}

bool TileStore::fits_in_memory(std::uint64_t frame) const {
  if (!blocks_.empty() && blocks_.back().capacity - blocks_.back().used >= frame) return true;
  return memory_bytes_ + std::max(frame, kBlockBytes) <= ram_bytes_;
}

/// Finds room for a frame and lists the tile. @return where to copy it, nullptr: into the spill
/// file
std::byte* TileStore::reserve(KeptTile& tile, std::uint64_t frame) {
  const std::lock_guard lock(mutex_);
  std::byte* room = nullptr;
  if (fits_in_memory(frame)) {
    if (blocks_.empty() || blocks_.back().capacity - blocks_.back().used < frame) {
      const std::uint64_t capacity = std::max(frame, kBlockBytes);
      blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(capacity), capacity, 0});
      memory_bytes_ += capacity;
    }
    Block& block = blocks_.back();
    tile.block = static_cast<std::int32_t>(blocks_.size()) - 1;
    tile.position = std::exchange(block.used, block.used + frame);
    room = block.data.get() + tile.position;
  } else {
    if (!spill_) spill_.emplace(spill_path_, PosixFile::Mode::kCreate);
    tile.position = std::exchange(spilled_bytes_, spilled_bytes_ + frame);
  }
  if (!index_.emplace(key_of(tile.id), tiles_.size()).second)
    throw std::logic_error("a tile was made twice");
  tiles_.push_back(tile);
  return room;
}

void TileStore::keep(const TileId& id, std::span<const std::byte> payload) {
  KeptTile tile{.id = id, .bytes = static_cast<std::uint32_t>(payload.size())};
  const std::uint64_t frame = frame_bytes(tile);
  if (std::byte* room = reserve(tile, frame); room != nullptr) {
    write_frame(rule_, payload, {room, frame});
    return;
  }
  std::vector<std::byte> framed(frame);
  write_frame(rule_, payload, framed);
  spill_->write_at(tile.position, framed);
}

std::optional<KeptTile> TileStore::find(const TileId& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(key_of(id));
  if (found == index_.end()) return std::nullopt;
  return tiles_[found->second];
}

std::span<const std::byte> TileStore::frame_in_memory(const KeptTile& tile) const {
  const std::lock_guard lock(mutex_);  // blocks_ may grow while others read
  return {blocks_[static_cast<std::size_t>(tile.block)].data.get() + tile.position,
          frame_bytes(tile)};
}

void TileStore::read_frame(const KeptTile& tile, std::span<std::byte> out) const {
  spill_->read_at(tile.position, out);
}

void TileStore::read(const KeptTile& tile, std::span<std::byte> out) const {
  if (tile.block < 0) {
    spill_->read_at(tile.position + rule_.leader, out);
  } else {
    std::ranges::copy(frame_in_memory(tile).subspan(rule_.leader, tile.bytes), out.begin());
  }
}

}  // namespace cogmill::io
