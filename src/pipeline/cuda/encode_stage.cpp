// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/pack_tiles.hpp"
#include "src/gpu/download.hpp"
#include "src/pipeline/cuda/stages.hpp"
#include "src/pipeline/tile_layout.hpp"
#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace cogmill::pipeline {
namespace {

using kernels::ConstPlane;
using kernels::cuda::TileRun;

std::int64_t tiles_of(const plan::LevelBlock& block) {
  return (block.tiles.row_end - block.tiles.row) * (block.tiles.col_end - block.tiles.col);
}

/// Cuts all tiles that `like` stands for into batches that fit a slot.
void cut(PackedBatch like, std::int64_t tiles, std::size_t slot_bytes,
         std::vector<PackedBatch>& batches) {
  const std::size_t each = like.tile_bytes + (like.mask ? 0 : like.planes);
  const auto most = static_cast<std::int64_t>(std::max<std::size_t>(1, slot_bytes / each));
  like.offset = batches.empty() ? 0 : batches.back().offset + batches.back().bytes();
  for (like.first = 0; like.first < tiles; like.first += like.count) {
    like.count = std::min(most, tiles - like.first);
    batches.push_back(like);
    like.offset += like.bytes();
  }
}

std::vector<PackedBatch> list_batches(const plan::Plan& plan, const Chunk& chunk,
                                      std::size_t slot_bytes) {
  std::vector<PackedBatch> batches;
  const auto bands = static_cast<std::size_t>(plan.image.bands);
  const std::size_t together = plan.separate_planes ? 1 : bands;
  const std::size_t raw = tile_layout(plan).bytes();
  const auto bits = static_cast<std::size_t>((plan.tile + 7) / 8 * plan.tile);
  for (std::size_t b = 0; b < chunk.blocks.size(); ++b) {
    const std::int64_t tiles = tiles_of(chunk.blocks[b]);
    for (std::size_t plane = 0; plane < bands; plane += together)
      cut({b, plane, together, false, 0, 0, raw}, tiles, slot_bytes, batches);
    if (plan.image.mask) cut({b, bands, 1, true, 0, 0, bits}, tiles, slot_bytes, batches);
  }
  return batches;
}

partition::TileGrid grid_of(const plan::Plan& plan, const plan::LevelBlock& block) {
  return {plan.levels[static_cast<std::size_t>(block.level)], plan.tile};
}

/// The planes of a batch from the corner of its block's first tile on.
std::vector<ConstPlane> planes_of(const DeviceChunk& at, const PackedBatch& batch) {
  const plan::LevelBlock& block = at.chunk.blocks[batch.block];
  const gpu::DeviceBlock& level = at.lane.levels[batch.block];
  const auto tiles = partition::relative_to(grid_of(at.state.plan, block).window(block.tiles),
                                            level.window().col, level.window().row);
  std::vector<ConstPlane> planes;
  for (std::size_t i = batch.plane; i < batch.plane + batch.planes; ++i)
    planes.push_back(level.plane(i).crop(tiles.col, tiles.row, tiles.width, tiles.height));
  return planes;
}

/// Packs the batch on the device and sends it to the ring's next slot.
void pack(const DeviceChunk& at, const TileEncoder& encoder, const PackedBatch& batch) {
  gpu::Lane& lane = at.lane;
  const plan::Plan& plan = at.state.plan;
  const auto& tiles = at.chunk.blocks[batch.block].tiles;
  const TileRun run{plan.tile, plan.tile, tiles.col_end - tiles.col, batch.first, batch.count};
  const auto planes = planes_of(at, batch);
  std::byte* const raw = lane.staging.data();
  std::vector<const std::byte*> empty;
  for (std::size_t i = 0; i < batch.planes && !batch.mask; ++i)
    empty.push_back(encoder.empty_pixels()[batch.plane + i].data());
  const gpu::Stream stream = lane.stream.get();
  lane.clock.time(gpu::Work::kCompute, stream, [&] {
    if (batch.mask) return kernels::cuda::pack_mask_bits(planes.front(), run, raw, stream);
    lane.packer.pack(planes, run, plan.predictor, raw, stream);
    std::byte* const flags = raw + batch.bytes() - batch.flags();
    lane.packer.find_constant(planes, run, empty, reinterpret_cast<std::uint8_t*>(flags), stream);
  });
  gpu::download({raw, batch.bytes()}, lane);
}

/// Compresses tile `i` of a batch.
TileEncoder::ImageTile compress(const plan::Plan& plan, const Chunk& chunk, TileEncoder& encoder,
                                const PackedBatch& batch, std::int64_t i) {
  const plan::LevelBlock& block = chunk.blocks[batch.block];
  const partition::TileGrid grid = grid_of(plan, block);
  const std::int64_t across = block.tiles.col_end - block.tiles.col, tile = batch.first + i;
  const auto number = grid.index(block.tiles.col + tile % across, block.tiles.row + tile / across);
  const auto bytes = chunk.packed.memory.all().subspan(batch.offset, batch.bytes());
  const auto k = static_cast<std::size_t>(i);
  const auto raw = bytes.subspan(k * batch.tile_bytes, batch.tile_bytes);
  if (batch.mask) return encoder.encode_packed_mask({block.level, true, number}, raw);
  const auto flags = bytes.last(batch.flags()).subspan(k * batch.planes, batch.planes);
  const bool empty =
      std::ranges::all_of(flags, [](std::byte flag) { return flag != std::byte{0}; });
  const std::int64_t before =
      plan.separate_planes ? static_cast<std::int64_t>(batch.plane) * grid.count() : 0;
  return encoder.encode_packed_image({block.level, false, before + number}, raw, empty);
}

}  // namespace

void measure_on_device(const DeviceChunk& at) {
  const plan::Plan& plan = at.state.plan;
  std::vector<kernels::Statistics>& total = at.chunk.result.statistics;
  total.clear();
  const plan::LevelBlock& block = at.chunk.blocks.front();
  if (!plan.compute_statistics || kernels::is_complex(plan.image.type) || block.level != 0) return;
  const auto bands = static_cast<std::size_t>(plan.image.bands);
  const auto planes = planes_of(at, {0, 0, bands + (plan.image.mask ? 1 : 0)});
  const TileRun run{plan.tile, plan.tile, block.tiles.col_end - block.tiles.col, 0,
                    tiles_of(block)};
  kernels::cuda::TileStatistics& statistics = at.lane.statistics;
  const gpu::Stream stream = at.lane.stream.get();
  at.lane.clock.time(gpu::Work::kCompute, stream, [&] {
    statistics.measure(std::span(planes).first(bands), plan.image.nodata,
                       plan.image.mask ? planes.back() : ConstPlane{}, run, stream);
  });
  const auto measured = statistics.read(stream);
  total.assign(bands, {});
  for (std::size_t i = 0; i < measured.size(); ++i) total[i % bands].combine(measured[i]);
}

void reserve_packing(const DeviceChunk& at) {
  const plan::Plan& plan = at.state.plan;
  at.lane.ring.reserve(tile_layout(plan).bytes() + static_cast<std::size_t>(plan.image.bands));
  at.lane.staging.reserve(at.lane.ring.slot_bytes());
}

void pack_on_device(const DeviceChunk& at, const TileEncoder& encoder) {
  const report::Trace::Span span(at.state.trace, report::Stage::kEncode, at.chunk.number);
  const plan::Plan& plan = at.state.plan;
  PackedTiles& packed = at.chunk.packed;
  const gpu::PinnedRing& ring = at.lane.ring;
  packed.batches = list_batches(plan, at.chunk, ring.slot_bytes());
  const PackedBatch& last = packed.batches.back();
  const std::span<std::byte> memory = packed.memory.reserve(last.offset + last.bytes());
  for (std::size_t i = 0; i <= packed.batches.size(); ++i) {
    report::throw_if_interrupted();
    const bool more = i < packed.batches.size();
    if (more) pack(at, encoder, packed.batches[i]);
    if (i == 0) continue;
    const PackedBatch& arrived = packed.batches[i - 1];
    gpu::take_slot(more ? 1 : 0, memory.subspan(arrived.offset, arrived.bytes()), at.lane);
  }
}

void encode_packed(const RankState& state, TileEncoder& encoder, Chunk& chunk) {
  const report::Trace::Span span(state.trace, report::Stage::kEncode, chunk.number);
  std::vector<std::pair<const PackedBatch*, std::int64_t>> tiles;
  for (const PackedBatch& batch : chunk.packed.batches) {
    for (std::int64_t i = 0; i < batch.count; ++i) tiles.emplace_back(&batch, i);
    if (!batch.mask) chunk.result.report.tiles += batch.count;
  }
  std::vector<TileEncoder::ImageTile> encoded(tiles.size());
  tbb::parallel_for(std::size_t{0}, tiles.size(), [&](std::size_t i) {
    report::throw_if_interrupted();
    encoded[i] = compress(state.plan, chunk, encoder, *tiles[i].first, tiles[i].second);
  });
  for (auto& tile : encoded)
    if (tile) chunk.result.tiles.push_back(std::move(*tile));
}

}  // namespace cogmill::pipeline
