// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/cuda/decode.hpp"

#include "kernels/cuda/unpack_blocks.hpp"
#include "src/gpu/upload.hpp"
#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>

#include <cstring>
#include <span>
#include <vector>

namespace cogmill::pipeline {
namespace {

using kernels::cuda::BlockPart;

constexpr std::size_t kAlignment = 256;  ///< of groups and blocks in the memory

constexpr std::size_t aligned(std::size_t bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

/// Places groups and blocks in the memory.   @return its size
std::size_t lay_out(RawInput& raw) {
  const auto& blocks = raw.window.blocks;
  raw.groups.assign(raw.window.groups.size(), {});
  raw.offsets.assign(blocks.size(), 0);
  std::size_t end = 0;
  for (std::size_t g = 0; g < raw.groups.size(); ++g) {
    RawInput::Group& group = raw.groups[g];
    group.begin = end;
    for (const io::RawBlock& block : blocks) group.count += block.group == g ? 1 : 0;
    end += aligned(static_cast<std::size_t>(group.count) * sizeof(BlockPart));
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].group != g) continue;
      raw.offsets[i] = end;
      end += aligned(static_cast<std::size_t>(blocks[i].bytes));
    }
  }
  return end;
}

/// Writes the descriptions at the beginning of each group; offsets count from there.
void describe(const RawInput& raw) {
  std::vector<std::size_t> next;
  for (const RawInput::Group& group : raw.groups) next.push_back(group.begin);
  for (std::size_t i = 0; i < raw.window.blocks.size(); ++i) {
    const io::RawBlock& block = raw.window.blocks[i];
    const BlockPart part = {
        static_cast<std::int64_t>(raw.offsets[i] - raw.groups[block.group].begin),
        block.part.col,
        block.part.row,
        block.part.width,
        block.part.height,
        block.to_col,
        block.to_row};
    std::memcpy(raw.memory.all().data() + next[block.group], &part, sizeof part);
    next[block.group] += sizeof part;
  }
}

}  // namespace

bool decompress_blocks(const RoundInput& input, Chunk& chunk, std::size_t i) {
  auto* source = dynamic_cast<io::RawSource*>(input.sources[i].get());
  RawInput& raw = chunk.raw[i];
  raw.used = false;
  if (source == nullptr) return false;
  auto window = source->raw_window(*chunk.fetched[i]);
  if (!window) return false;
  raw.used = true;
  raw.window = std::move(*window);
  const std::span<std::byte> memory = raw.memory.reserve(lay_out(raw));
  describe(raw);
  const auto& blocks = raw.window.blocks;
  tbb::parallel_for(std::size_t{0}, blocks.size(), [&](std::size_t k) {
    report::throw_if_interrupted();
    source->decompress(*chunk.fetched[i], k,
                       memory.subspan(raw.offsets[k], static_cast<std::size_t>(blocks[k].bytes)));
  });
  if (input.full_resolution)
    for (const io::RawBlock& block : blocks) chunk.result.report.bytes_decoded += block.bytes;
  return true;
}

void unpack_on_device(const DeviceChunk& at, const RawInput& raw, const gpu::DeviceBlock& into) {
  gpu::Lane& lane = at.lane;
  std::byte* const memory = lane.staging.reserve(raw.memory.all().size());
  gpu::upload(raw.memory.all(), memory, lane);
  lane.clock.time(gpu::Work::kCompute, lane.stream.get(), [&] {
    for (std::size_t g = 0; g < raw.groups.size(); ++g) {
      const io::RawGroup& group = raw.window.groups[g];
      const kernels::cuda::BlockLayout layout{group.type,    group.columns,   group.rows,
                                              group.samples, group.predictor, group.swap};
      std::vector<kernels::Plane> planes;
      for (const std::size_t output : group.outputs) planes.push_back(into.plane(output));
      const std::byte* const begin = memory + raw.groups[g].begin;
      kernels::cuda::unpack_blocks(begin, reinterpret_cast<const BlockPart*>(begin),
                                   raw.groups[g].count, layout, group.taken, planes,
                                   lane.stream.get());
    }
  });
}

}  // namespace cogmill::pipeline
