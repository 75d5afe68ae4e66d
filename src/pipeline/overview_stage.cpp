// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "kernels/overview.hpp"
#include "src/pipeline/stages.hpp"
#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>

namespace cogmill::pipeline {
namespace {

/// Rows of output that one task computes.
constexpr std::int64_t kRowsPerTask = 64;

/// Two neighbouring levels of a chunk.
struct LevelPair {
  const io::PixelBlock& below;
  const io::PixelBlock& above;
  partition::LevelSize below_size, above_size;
  kernels::ConstPlane validity;  ///< of `below`: its mask or alpha as Byte, or nothing
};

/// Reduces rows [begin, end) of one plane of `above`; the last plane of a masked image is the mask.
void reduce_rows(const plan::Plan& plan, const LevelPair& pair, std::size_t plane,
                 std::int64_t begin, std::int64_t end) {
  const auto& src_window = pair.below.window();
  const auto& dst_window = pair.above.window();
  const kernels::OverviewGeometry geometry{
      pair.below_size.width, pair.below_size.height, pair.above_size.width, pair.above_size.height,
      src_window.col,        src_window.row,         dst_window.col,        dst_window.row + begin};
  const kernels::Plane dst = pair.above.plane(plane).crop(0, begin, dst_window.width, end - begin);
  const kernels::ConstPlane src = pair.below.plane(plane);
  const auto bands = static_cast<std::size_t>(plan.image.bands);
  if (plane == bands) {
    kernels::reduce_mask(plan.overview_resampling, geometry, src, dst);
  } else {
    kernels::Validity validity{plan.image.nodata[plane], pair.validity};
    if (plan.image.alpha == static_cast<int>(plane)) validity = {};
    kernels::reduce_overview(plan.overview_resampling, geometry, src, validity, dst);
  }
}

/// The plane that says which pixels are valid, as Byte. @param converted holds it if it is of
/// another type
kernels::ConstPlane validity_plane(const plan::OutputImage& image, const io::PixelBlock& block,
                                   io::PixelBlock& converted) {
  if (image.mask) return block.plane(static_cast<std::size_t>(image.bands));
  if (!image.alpha || kernels::is_complex(image.type)) return {};
  const kernels::Plane& alpha = block.plane(static_cast<std::size_t>(*image.alpha));
  const kernels::DataType byte = kernels::DataType::kUInt8;
  if (alpha.type == byte) return alpha;
  converted.reset(block.window(), {&byte, 1});
  kernels::convert_plane(alpha, converted.plane(0));
  return converted.plane(0);
}

void reduce_level(const plan::Plan& plan, const LevelPair& pair) {
  const std::int64_t height = pair.above.window().height;
  const auto strips = static_cast<std::size_t>(partition::ceil_div(height, kRowsPerTask));
  tbb::parallel_for(std::size_t{0}, strips * pair.above.planes(), [&](std::size_t task) {
    report::throw_if_interrupted();
    const std::int64_t begin = static_cast<std::int64_t>(task % strips) * kRowsPerTask;
    reduce_rows(plan, pair, task / strips, begin, std::min(height, begin + kRowsPerTask));
  });
}

}  // namespace

void reduce_overviews(const RankState& state, Chunk& chunk) {
  const report::Trace::Span span(state.trace, report::Stage::kOverviews, chunk.number);
  for (std::size_t i = 1; i < chunk.blocks.size(); ++i) {
    const auto level = static_cast<std::size_t>(chunk.blocks[i].level);
    std::vector<kernels::DataType> types;
    for (const kernels::Plane& plane : chunk.levels[i - 1].all()) types.push_back(plane.type);
    chunk.levels[i].reset(chunk.blocks[i].pixels, types);
    io::PixelBlock converted;
    reduce_level(state.plan, {chunk.levels[i - 1], chunk.levels[i], state.plan.levels[level - 1],
                              state.plan.levels[level],
                              validity_plane(state.plan.image, chunk.levels[i - 1], converted)});
  }
}

}  // namespace cogmill::pipeline
