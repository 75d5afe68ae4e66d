// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/convert_plane.hpp"
#include "src/pipeline/cuda_stages.hpp"

#include <cstddef>
#include <vector>

namespace cogmill::pipeline {
namespace {

/// Two neighbouring levels of a chunk.
struct LevelPair {
  const gpu::DeviceBlock& below;
  const gpu::DeviceBlock& above;
  kernels::OverviewGeometry geometry;
  kernels::ConstPlane validity;  ///< of `below`: its mask or alpha as Byte, or nothing
};

kernels::OverviewGeometry geometry_of(const gpu::DeviceBlock& below, const gpu::DeviceBlock& above,
                                      const partition::LevelSize& below_size,
                                      const partition::LevelSize& above_size) {
  return {below_size.width,   below_size.height,  above_size.width,   above_size.height,
          below.window().col, below.window().row, above.window().col, above.window().row};
}

void reduce_plane(const plan::Plan& plan, const LevelPair& pair, std::size_t plane,
                  gpu::Lane& lane) {
  const kernels::ConstPlane src = pair.below.plane(plane);
  const kernels::Plane& dst = pair.above.plane(plane);
  const auto bands = static_cast<std::size_t>(plan.image.bands);
  if (plane == bands)
    return lane.reducer.reduce_mask(plan.overview_resampling, pair.geometry, src, dst,
                                    lane.stream.get());
  kernels::Validity validity{plan.image.nodata[plane], pair.validity};
  if (plan.image.alpha == static_cast<int>(plane)) validity = {};
  lane.reducer.reduce(plan.overview_resampling, pair.geometry, src, validity, dst,
                      lane.stream.get());
}

/// The plane that says which pixels are valid, as Byte.
kernels::ConstPlane validity_plane(const plan::OutputImage& image, const gpu::DeviceBlock& block,
                                   gpu::Lane& lane) {
  if (image.mask) return block.plane(static_cast<std::size_t>(image.bands));
  if (!image.alpha || kernels::is_complex(image.type)) return {};
  const kernels::Plane& alpha = block.plane(static_cast<std::size_t>(*image.alpha));
  const kernels::DataType byte = kernels::DataType::kUInt8;
  if (alpha.type == byte) return alpha;
  gpu::Lane::resize(lane.converted, 1, lane.memory);
  gpu::DeviceBlock& converted = lane.converted.front();
  converted.reset(block.window(), {&byte, 1});
  kernels::cuda::convert_plane(alpha, converted.plane(0), lane.stream.get());
  return converted.plane(0);
}

}  // namespace

void reduce_overviews_on_device(const DeviceChunk& at) {
  const report::Trace::Span span(at.state.trace, report::Stage::kOverviews, at.chunk.number);
  const plan::Plan& plan = at.state.plan;
  for (std::size_t i = 1; i < at.chunk.blocks.size(); ++i) {
    const auto level = static_cast<std::size_t>(at.chunk.blocks[i].level);
    const gpu::DeviceBlock& below = at.lane.levels[i - 1];
    gpu::DeviceBlock& above = at.lane.levels[i];
    std::vector<kernels::DataType> types;
    for (const kernels::Plane& plane : below.all()) types.push_back(plane.type);
    above.reset(at.chunk.blocks[i].pixels, types);
    const LevelPair pair{below, above,
                         geometry_of(below, above, plan.levels[level - 1], plan.levels[level]),
                         validity_plane(plan.image, below, at.lane)};
    at.lane.clock.time(gpu::Work::kCompute, at.lane.stream.get(), [&] {
      for (std::size_t plane = 0; plane < above.planes(); ++plane)
        reduce_plane(plan, pair, plane, at.lane);
    });
  }
}

}  // namespace cogmill::pipeline
