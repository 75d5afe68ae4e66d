// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/picture.hpp"

#include <algorithm>

namespace cogmill::plan {
namespace {

constexpr std::int64_t kLongestSide = 1024;  // [px]

std::int64_t shrunk(std::int64_t side, std::int64_t longest) {
  return longest <= kLongestSide ? side : std::max<std::int64_t>(1, side * kLongestSide / longest);
}

}  // namespace

PicturePlan plan_picture(const std::vector<partition::LevelSize>& levels,
                         const OutputImage& image) {
  PicturePlan plan;
  const std::int64_t longest = std::max(levels.front().width, levels.front().height);
  plan.across.picked = shrunk(levels.front().width, longest);
  plan.down.picked = shrunk(levels.front().height, longest);
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (levels[i].width >= plan.across.picked && levels[i].height >= plan.down.picked)
      plan.level = static_cast<int>(i);
  plan.across.size = levels[static_cast<std::size_t>(plan.level)].width;
  plan.down.size = levels[static_cast<std::size_t>(plan.level)].height;
  plan.bands = image.bands - (image.alpha ? 1 : 0) >= 3 ? 3 : 1;
  for (int band = 0; plan.planes.size() < plan.bands; ++band)
    if (image.alpha != band) plan.planes.push_back(static_cast<std::size_t>(band));
  plan.types.assign(plan.bands, image.type);
  if (image.mask) {
    plan.planes.push_back(static_cast<std::size_t>(image.bands));
    plan.types.push_back(kernels::DataType::kUInt8);
  } else if (image.alpha) {
    plan.planes.push_back(static_cast<std::size_t>(*image.alpha));
    plan.types.push_back(image.type);
  }
  return plan;
}

std::int64_t picture_bytes(const std::vector<partition::LevelSize>& levels,
                           const OutputImage& image) {
  const PicturePlan plan = plan_picture(levels, image);
  std::int64_t pixel = 0;
  for (const kernels::DataType type : plan.types) pixel += kernels::size_bytes(type);
  return plan.whole().pixels() * pixel;
}

partition::Window picture_part(const PicturePlan& plan, const partition::TileGrid& grid,
                               const LevelBlock& block) {
  if (block.level != plan.level || block.tiles.empty()) return {};
  const partition::Window own = grid.window(block.tiles);
  const auto end = [](const kernels::PickAxis& axis, std::int64_t pixel) {
    return std::min(axis.first_from(pixel), axis.picked);
  };
  return partition::from_edges(end(plan.across, own.col), end(plan.down, own.row),
                               end(plan.across, own.col_end()), end(plan.down, own.row_end()));
}

kernels::PickPart pick_part(const PicturePlan& plan, const LevelBlock& block,
                            const partition::Window& part) {
  return {plan.across, plan.down, block.pixels.col, block.pixels.row, part.col, part.row};
}

}  // namespace cogmill::plan
