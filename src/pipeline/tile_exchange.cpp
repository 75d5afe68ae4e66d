// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/tile_exchange.hpp"

#include "src/plan/chunk_blocks.hpp"

#include <cstdint>
#include <cstring>
#include <set>
#include <span>
#include <vector>

namespace cogmill::pipeline {
namespace {

/// What stands in front of each tile in a message.
struct TileHeader {
  std::int64_t index;
  std::uint32_t bytes;
  std::uint32_t mask;
};

/// Numbers of the tiles that a rank's chunks of a round read.
std::set<std::int64_t> tiles_needed(const plan::Plan& plan, const plan::RankBounds& bounds,
                                    std::size_t round, std::size_t rank) {
  const partition::Round& r = plan.rounds[round];
  std::set<std::int64_t> needed;
  for (std::int64_t chunk = bounds[round][rank]; chunk < bounds[round][rank + 1]; ++chunk) {
    const auto blocks = plan::chunk_blocks(r, chunk, plan.levels, plan.overview_resampling);
    const auto range = r.chunks.tiles.tiles_of(blocks.front().pixels);
    for (std::int64_t row = range.row; row < range.row_end; ++row)
      for (std::int64_t col = range.col; col < range.col_end; ++col)
        needed.insert(r.chunks.tiles.index(col, row));
  }
  return needed;
}

void append_tile(const io::TileStore& own, const io::TileId& id, exchange::Bytes& message) {
  const auto tile = own.find(id);
  if (!tile) return;  // another rank's, or sparse
  const TileHeader header{id.index, tile->bytes, id.mask ? 1U : 0U};
  const std::size_t at = message.size();
  message.resize(at + sizeof header + tile->bytes);
  std::memcpy(message.data() + at, &header, sizeof header);
  own.read(*tile, std::span(message).subspan(at + sizeof header));
}

void keep_tiles(std::span<const std::byte> message, int level, io::TileStore& guests) {
  while (!message.empty()) {
    TileHeader header{};
    std::memcpy(&header, message.data(), sizeof header);
    guests.keep(io::frame_tile(guests.rule(), {level, header.mask != 0, header.index},
                               message.subspan(sizeof header, header.bytes)));
    message = message.subspan(sizeof header + header.bytes);
  }
}

}  // namespace

void exchange_tiles(const plan::Plan& plan, const plan::RankBounds& bounds, std::size_t round,
                    const io::TileStore& own, io::TileStore& guests, exchange::Communicator& comm) {
  if (comm.size() == 1) return;
  const int level = plan.rounds[round].source_level;
  const std::int64_t tiles = plan.rounds[round].chunks.tiles.count();
  const int planes = plan.separate_planes ? plan.image.bands : 1;
  std::vector<exchange::Bytes> messages(static_cast<std::size_t>(comm.size()));
  exchange::agree_on(comm, [&] {
    for (std::size_t rank = 0; rank < messages.size(); ++rank) {
      if (static_cast<int>(rank) == comm.rank()) continue;
      for (const std::int64_t tile : tiles_needed(plan, bounds, round, rank)) {
        for (int plane = 0; plane < planes; ++plane)
          append_tile(own, {level, false, plane * tiles + tile}, messages[rank]);
        if (plan.image.mask) append_tile(own, {level, true, tile}, messages[rank]);
      }
    }
  });
  messages = comm.all_to_all(std::move(messages));
  exchange::agree_on(comm, [&] {
    for (const exchange::Bytes& message : messages) keep_tiles(message, level, guests);
  });
}

}  // namespace cogmill::pipeline
