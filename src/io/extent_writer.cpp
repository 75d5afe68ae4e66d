// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/extent_writer.hpp"

#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <sys/uio.h>
#include <vector>

namespace cogmill::io {
namespace {

constexpr std::uint64_t kExtentBytes = std::uint64_t{16} << 20;
constexpr std::size_t kMostParts = 1024;  // IOV_MAX

/// A tile and where its frame begins in the output.
struct PlacedTile {
  const KeptTile* tile;
  std::uint64_t begin;
};

/// A run of frames that are neighbours in the output.
struct Extent {
  std::size_t first = 0, last = 0;  ///< placed tiles [first, last)
  std::uint64_t bytes = 0;
};

std::vector<PlacedTile> place(const TileStore& store, const partition::FileLayout& layout) {
  std::vector<PlacedTile> placed;
  placed.reserve(store.tiles().size());
  for (const KeptTile& tile : store.tiles()) {
    const auto& level = layout.levels[static_cast<std::size_t>(tile.id.level)];
    const auto& offsets = tile.id.mask ? level.mask : level.image;
    placed.push_back(
        {&tile, offsets[static_cast<std::size_t>(tile.id.index)] - store.rule().leader});
  }
  std::ranges::sort(placed, {}, &PlacedTile::begin);
  return placed;
}

std::vector<Extent> join_neighbours(const TileStore& store, const std::vector<PlacedTile>& placed) {
  std::vector<Extent> extents;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const std::uint64_t frame = store.frame_bytes(*placed[i].tile);
    const bool joins =
        !extents.empty() &&
        placed[extents.back().first].begin + extents.back().bytes == placed[i].begin &&
        extents.back().bytes + frame <= kExtentBytes &&
        extents.back().last - extents.back().first < kMostParts;
    if (!joins) extents.push_back({i, i, 0});
    extents.back().last = i + 1;
    extents.back().bytes += frame;
  }
  return extents;
}

void write_extent(const TileStore& store, std::span<const PlacedTile> tiles, OutputTarget& output) {
  std::vector<iovec> parts;
  std::vector<std::vector<std::byte>> spilled;
  spilled.reserve(tiles.size());  // parts point into it
  for (const PlacedTile& placed : tiles) {
    const std::uint64_t frame = store.frame_bytes(*placed.tile);
    if (!placed.tile->spilled) {
      // pwritev does not change what it writes: iovec has no const form.
      parts.push_back({const_cast<std::byte*>(store.frame_in_memory(*placed.tile).data()), frame});
    } else {
      spilled.emplace_back(frame);
      store.read_frame(*placed.tile, spilled.back());
      parts.push_back({spilled.back().data(), frame});
    }
  }
  output.write_at(tiles.front().begin, parts);
}

}  // namespace

std::uint64_t write_extents(const TileStore& store, const partition::FileLayout& layout,
                            OutputTarget& output) {
  const auto placed = place(store, layout);
  const auto extents = join_neighbours(store, placed);
  tbb::parallel_for(std::size_t{0}, extents.size(), [&](std::size_t i) {
    report::throw_if_interrupted();
    const Extent& e = extents[i];
    write_extent(store, std::span(placed).subspan(e.first, e.last - e.first), output);
  });
  std::uint64_t bytes = 0;
  for (const Extent& e : extents) bytes += e.bytes;
  return bytes;
}

}  // namespace cogmill::io
