// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/pick_pixels.hpp"
#include "src/gpu/download.hpp"
#include "src/pipeline/cuda/stages.hpp"

namespace cogmill::pipeline {

void pick_picture_on_device(const DeviceChunk& at) {
  if (at.state.picture == nullptr) return;
  const plan::PicturePlan& plan = *at.state.picture;
  const auto [block, part] = picture_block(at.state, at.chunk);
  if (part.empty()) return;
  gpu::Lane& lane = at.lane;
  gpu::Lane::resize(lane.converted, 1, lane.memory);
  gpu::DeviceBlock& there = lane.converted.front();
  there.reset(part, plan.types);
  lane.clock.time(gpu::Work::kCompute, lane.stream.get(), [&] {
    for (std::size_t i = 0; i < plan.planes.size(); ++i)
      kernels::cuda::pick_pixels(plan::pick_part(plan, at.chunk.blocks[block], part),
                                 lane.levels[block].plane(plan.planes[i]), there.plane(i),
                                 lane.stream.get());
  });
  io::PixelBlock& picked = at.chunk.result.picture.emplace();
  picked.reset(part, plan.types);
  gpu::download_all(there.bytes(), picked.bytes(), lane);
}

}  // namespace cogmill::pipeline
