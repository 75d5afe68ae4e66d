// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/check.hpp"
#include "src/gpu/download.hpp"
#include "src/gpu/upload.hpp"
#include "src/pipeline/cuda_stages.hpp"
#include "src/report/interrupt.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

namespace cogmill::pipeline {
namespace {

constexpr std::int64_t kMostRows = 256;

/// Rows of a plane whose rows have no gaps.
std::span<std::byte> bytes_of(const kernels::Plane& plane, std::int64_t row, std::int64_t rows) {
  return {plane.row(row),
          static_cast<std::size_t>(rows * plane.width * kernels::size_bytes(plane.type))};
}

void bring_back(std::span<const std::byte> from, std::span<std::byte> to, gpu::Lane& lane) {
  while (!from.empty()) {
    const std::size_t bytes = std::min(from.size(), lane.ring.slot_bytes());
    gpu::download(from.first(bytes), lane);
    gpu::take_slot(0, to.first(bytes), lane);
    from = from.subspan(bytes);
    to = to.subspan(bytes);
  }
}

/// @param row of the chunk
void evaluate_rows(const DeviceChunk& at, std::int64_t row, std::int64_t rows) {
  gpu::Lane& lane = at.lane;
  partition::Window strip = at.chunk.blocks.front().pixels;
  strip.row += row;
  strip.height = rows;
  for (std::size_t i = 0; i < at.chunk.inputs.size(); ++i) {
    lane.inputs[i].reset(strip, at.input.operation.inputs[i].types);
    for (std::size_t p = 0; p < lane.inputs[i].planes(); ++p)
      gpu::upload(bytes_of(at.chunk.inputs[i].plane(p), row, rows), lane.inputs[i].plane(p).data,
                  lane);
  }
  lane.levels.front().reset(strip, output_types(at.state.plan.image));
  lane.clock.time(gpu::Work::kCompute, lane.stream.get(), [&] { run_program_on_device(at); });
  for (std::size_t p = 0; p < lane.levels.front().planes(); ++p)
    bring_back(bytes_of(lane.levels.front().plane(p), 0, rows),
               bytes_of(at.chunk.levels.front().plane(p), row, rows), lane);
}

}  // namespace

void evaluate_in_strips(const DeviceChunk& at) {
  const report::Trace::Span span(at.state.trace, report::Stage::kEvaluate, at.chunk.number);
  gpu::Lane::resize(at.lane.inputs, at.chunk.inputs.size(), at.lane.memory);
  gpu::Lane::resize(at.lane.levels, 1, at.lane.memory);
  const partition::Window& pixels = at.chunk.blocks.front().pixels;
  at.chunk.levels.front().reset(pixels, output_types(at.state.plan.image));
  std::int64_t rows = kMostRows;
  for (std::int64_t row = 0; row < pixels.height;) {
    report::throw_if_interrupted();
    const std::int64_t count = std::min(rows, pixels.height - row);
    try {
      evaluate_rows(at, row, count);
      row += count;
    } catch (const kernels::cuda::OutOfMemory&) {
      if (count == 1) throw;
      rows = count / 2;
      for (gpu::DeviceBlock& block : at.lane.inputs) block.release();
      for (gpu::DeviceBlock& block : at.lane.levels) block.release();
    }
  }
}

}  // namespace cogmill::pipeline
