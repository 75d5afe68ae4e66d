// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/stages.hpp"

namespace cogmill::pipeline {

void pick_picture(const RankState& state, Chunk& chunk) {
  if (state.picture == nullptr) return;
  const plan::PicturePlan& plan = *state.picture;
  const auto [block, part] = picture_block(state, chunk);
  if (part.empty()) return;
  io::PixelBlock& picked = chunk.result.picture.emplace();
  picked.reset(part, plan.types);
  for (std::size_t i = 0; i < plan.planes.size(); ++i)
    kernels::pick_pixels(plan::pick_part(plan, chunk.blocks[block], part),
                         chunk.levels[block].plane(plan.planes[i]), picked.plane(i));
}

PictureBlock picture_block(const RankState& state, const Chunk& chunk) {
  for (std::size_t i = 0; i < chunk.blocks.size(); ++i) {
    const partition::TileGrid grid{
        state.plan.levels[static_cast<std::size_t>(chunk.blocks[i].level)], state.plan.tile};
    const auto part = plan::picture_part(*state.picture, grid, chunk.blocks[i]);
    if (!part.empty()) return {i, part};
  }
  return {};
}

}  // namespace cogmill::pipeline
