// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/masks.hpp"
#include "src/pipeline/cuda/stages.hpp"
#include "src/pipeline/overview_rules.hpp"

#include <cstddef>

namespace cogmill::pipeline {
namespace {

/// Reduces every plane of `below`; the last plane of a masked image is the mask.
void reduce_level(const plan::Plan& plan, std::size_t level, const gpu::DeviceBlock& below,
                  const gpu::DeviceBlock& above, gpu::Lane& lane) {
  const gpu::Stream stream = lane.stream.get();
  const auto geometry = overview_geometry(plan, level, below.window(), above.window());
  gpu::Lane::resize(lane.converted, 1, lane.memory);
  const auto validity =
      validity_plane(plan.image, below, lane.converted.front(), FindVisibleOn{stream});
  for (std::size_t plane = 0; plane < above.planes(); ++plane)
    if (plane == static_cast<std::size_t>(plan.image.bands))
      lane.reducer.reduce_mask(plan.overview_resampling, geometry, below.plane(plane),
                               above.plane(plane), stream);
    else
      lane.reducer.reduce(plan.overview_resampling, geometry, below.plane(plane),
                          validity_of_band(plan.image, plane, validity), above.plane(plane),
                          stream);
  for (const std::size_t plane : planes_to_limit(plan.image))
    kernels::cuda::limit_to_alpha(above.plane(static_cast<std::size_t>(*plan.image.alpha)),
                                  above.plane(plane), stream);
}

}  // namespace

void reduce_overviews_on_device(const DeviceChunk& at) {
  const report::Trace::Span span(at.state.trace, report::Stage::kOverviews, at.chunk.number);
  for (std::size_t i = 1; i < at.chunk.blocks.size(); ++i) {
    const auto level = static_cast<std::size_t>(at.chunk.blocks[i].level);
    gpu::DeviceBlock& above = at.lane.levels[i];
    above.reset(at.chunk.blocks[i].pixels, output_types(at.state.plan.image));
    at.lane.clock.time(gpu::Work::kCompute, at.lane.stream.get(), [&] {
      reduce_level(at.state.plan, level, at.lane.levels[i - 1], above, at.lane);
    });
  }
}

}  // namespace cogmill::pipeline
