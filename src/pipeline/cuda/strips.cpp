// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/errors.hpp"
#include "src/gpu/download.hpp"
#include "src/pipeline/cuda/stages.hpp"
#include "src/report/error.hpp"
#include "src/report/interrupt.hpp"
#include "src/report/sizes.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace cogmill::pipeline {
namespace {

constexpr std::int64_t kMostRows = 256;

/// Makes rows of the chunk's first level as if they were a chunk.   @param part for them
void make_rows(const DeviceChunk& at, std::int64_t row, std::int64_t rows, Chunk& part) {
  part.number = at.chunk.number;
  part.blocks.assign(1, at.chunk.blocks.front());
  part.blocks.front().pixels.row += row;
  part.blocks.front().pixels.height = rows;
  fetch(at.state, at.input, part);
  decode_on_host(at.state, at.input, part);
  const DeviceChunk strip{at.state, at.input, part, at.lane};
  load_inputs(strip);
  evaluate_on_device(strip);
  const gpu::DeviceBlock& made = at.lane.levels.front();
  for (std::size_t p = 0; p < made.planes(); ++p) {
    const kernels::Plane& whole = at.chunk.levels.front().plane(p);
    gpu::download_all(kernels::bytes_of(made.plane(p)),
                      kernels::bytes_of(whole.crop(0, row, whole.width, rows)), at.lane);
  }
}

[[noreturn]] void give_up(const DeviceChunk& at, const kernels::cuda::OutOfMemory& e) {
  throw report::RuntimeError("not even one row of a chunk fits into " +
                             report::format_size(at.lane.memory.limit()) + " of the GPU (" +
                             e.what() +
                             "); give more with --gpu-memory, or use a smaller BLOCKSIZE, fewer "
                             "bands or --backend cpu");
}

}  // namespace

void make_level_in_strips(const DeviceChunk& at) {
  const partition::Window& pixels = at.chunk.blocks.front().pixels;
  at.chunk.fetched.clear();  // each strip reads what it needs
  at.chunk.levels.resize(at.chunk.blocks.size());
  at.chunk.levels.front().reset(pixels, output_types(at.state.plan.image));
  at.lane.release_planes();
  Chunk part;
  at.chunk.result.report = {};  // strips count for themselves
  std::int64_t rows = kMostRows;
  for (std::int64_t row = 0; row < pixels.height;) {
    report::throw_if_interrupted();
    const std::int64_t count = std::min(rows, pixels.height - row);
    const auto take_moved = [&] { return at.lane.warp.take_moved(at.lane.stream.get()); };
    try {
      make_rows(at, row, count, part);
      row += count;
      at.chunk.result.report.add(std::exchange(part.result.report, {}));
      at.chunk.result.report.warp.moved_pixels += take_moved();
    } catch (const kernels::cuda::OutOfMemory& e) {
      if (count == 1) give_up(at, e);
      part.result.report = {};
      rows = count / 2;
      static_cast<void>(take_moved());  // rows that are made again
      at.lane.release_planes();
    }
  }
}

}  // namespace cogmill::pipeline
