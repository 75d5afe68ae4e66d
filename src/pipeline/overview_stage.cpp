// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "kernels/masks.hpp"
#include "src/pipeline/overview_rules.hpp"
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
  kernels::OverviewGeometry geometry;
  kernels::ConstPlane validity;  ///< of `below`: its mask or alpha as Byte, or nothing
};

/// Reduces rows [begin, end) of one plane of `above`; the last plane of a masked image is the mask.
void reduce_rows(const RankState& state, const LevelPair& pair, std::size_t plane,
                 std::int64_t begin, std::int64_t end) {
  const plan::Plan& plan = state.plan;
  kernels::OverviewGeometry geometry = pair.geometry;
  geometry.dst_row += begin;
  const kernels::Plane& whole = pair.above.plane(plane);
  const kernels::Plane dst = whole.crop(0, begin, whole.width, end - begin);
  const kernels::ConstPlane src = pair.below.plane(plane);
  if (plane == static_cast<std::size_t>(plan.image.bands))
    return kernels::reduce_mask(plan.overview_resampling, geometry, src, dst);
  const kernels::Validity validity = validity_of_band(plan.image, plane, pair.validity);
  if (plane < state.colours.size() && !state.colours[plane].empty())
    return kernels::average_colours(geometry, src, validity, state.colours[plane], dst);
  kernels::reduce_overview(plan.overview_resampling, geometry, src, validity, dst);
}

void reduce_level(const RankState& state, const LevelPair& pair) {
  const std::int64_t height = pair.above.window().height;
  const auto strips = static_cast<std::size_t>(partition::ceil_div(height, kRowsPerTask));
  tbb::parallel_for(std::size_t{0}, strips * pair.above.planes(), [&](std::size_t task) {
    report::throw_if_interrupted();
    const std::int64_t begin = static_cast<std::int64_t>(task % strips) * kRowsPerTask;
    reduce_rows(state, pair, task / strips, begin, std::min(height, begin + kRowsPerTask));
  });
}

void limit_colours(const plan::OutputImage& image, const io::PixelBlock& level) {
  const auto planes = planes_to_limit(image);
  tbb::parallel_for(std::size_t{0}, planes.size(), [&](std::size_t i) {
    kernels::limit_to_alpha(level.plane(static_cast<std::size_t>(*image.alpha)),
                            level.plane(planes[i]));
  });
}

}  // namespace

void reduce_overviews(const RankState& state, Chunk& chunk) {
  const report::Trace::Span span(state.trace, report::Stage::kOverviews, chunk.number);
  for (std::size_t i = 1; i < chunk.blocks.size(); ++i) {
    const auto level = static_cast<std::size_t>(chunk.blocks[i].level);
    const io::PixelBlock& below = chunk.levels[i - 1];
    io::PixelBlock& above = chunk.levels[i];
    above.reset(chunk.blocks[i].pixels, output_types(state.plan.image));
    io::PixelBlock room;
    reduce_level(
        state, {below, above, overview_geometry(state.plan, level, below.window(), above.window()),
                validity_plane(state.plan.image, below, room, kernels::find_visible)});
    limit_colours(state.plan.image, above);
  }
}

}  // namespace cogmill::pipeline
