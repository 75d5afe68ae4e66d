// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/warp_job.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace cogmill::kernels::warp {
namespace {

void require(bool ok, const char* what) {
  if (!ok) throw std::invalid_argument(std::string("warp_block: ") + what);
}

bool same_shape(const ConstPlane& a, const ConstPlane& b) {
  return a.width == b.width && a.height == b.height;
}

}  // namespace

void check_call(const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                std::span<const WarpBand> bands) {
  constexpr std::int64_t kMost = 1000000000;  // [px]: indices fit 32 bits, a turn more too
  require(kernel.x_scale > 0 && kernel.y_scale > 0, "scale factors are positive");
  require(geometry.width > 0 && geometry.height > 0 && geometry.width <= kMost &&
              geometry.height <= kMost,
          "the source has 1 to 1e9 columns and rows");
  for (const WarpBand& band : bands) {
    require(same_shape(band.source, bands.front().source) &&
                same_shape(band.target, bands.front().target),
            "bands differ in size");
    require(band.source.width <= kMost && band.source.height <= kMost, "the block is too large");
    require(band.source_valid.data == nullptr || same_shape(band.source_valid, band.source),
            "a mask differs from its band in size");
    require(
        band.source_density.data == nullptr || (band.source_density.width == band.source.width &&
                                                band.source_density.height == band.source.height),
        "a density differs from its band in size");
    require(is_complex(band.source.type) == is_complex(band.target.type),
            "source and target are both complex or both real");
  }
}

namespace {

SourceAxis axis_of(std::int64_t size, std::int64_t origin, std::int64_t held, bool periodic,
                   double turn) {
  const auto begin = periodic ? 0 : std::clamp<std::int64_t>(-origin, 0, held);
  const auto end = periodic ? held : std::clamp<std::int64_t>(size - origin, 0, held);
  return {static_cast<double>(size),
          static_cast<double>(origin),
          static_cast<double>(begin),
          static_cast<double>(end),
          periodic,
          turn > 0 ? turn : static_cast<double>(size)};
}

}  // namespace

Job job_of(const WarpKernel& kernel, const WarpSourceGeometry& geometry, const CoordinateMap* map,
           std::int64_t col, std::int64_t row, std::span<const WarpBand> bands) {
  const ConstPlane& source = bands.front().source;
  const ConstPlane target = bands.front().target;
  Job job;
  job.kernel = kernel;
  job.across =
      axis_of(geometry.width, geometry.col, source.width, geometry.periodic, geometry.turn);
  job.down = axis_of(geometry.height, geometry.row, source.height, false, 0);
  job.source_width = source.width;
  job.source_height = source.height;
  job.map = map;
  job.col = col;
  job.row = row;
  job.width = target.width;
  job.height = target.height;
  job.all_bands = bands;
  return job;
}

bool Job::is_empty() const {
  return source_width <= 0 || source_height <= 0 || across.end <= across.begin ||
         down.end <= down.begin;
}

std::size_t run_of_one_type(std::span<const WarpBand> bands) {
  std::size_t n = 1;
  while (n < bands.size() && bands[n].source.type == bands[0].source.type) ++n;
  return n;
}

}  // namespace cogmill::kernels::warp
