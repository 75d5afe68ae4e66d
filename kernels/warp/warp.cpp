// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/warp.hpp"

#include "kernels/warp/complex_bands.hpp"
#include "kernels/warp/set_all_invalid.hpp"
#include "kernels/warp/warp_job.hpp"
#include "kernels/warp/warp_weights.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace cogmill::kernels {
namespace warp {
namespace {

void require(bool ok, const char* what) {
  if (!ok) throw std::invalid_argument(std::string("warp_block: ") + what);
}

bool same_shape(const ConstPlane& a, const ConstPlane& b) {
  return a.width == b.width && a.height == b.height;
}

void check(const WarpKernel& kernel, const WarpSourceGeometry& geometry,
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

SourceAxis axis_of(std::int64_t size, std::int64_t origin, std::int64_t held, bool periodic) {
  const auto begin = periodic ? 0 : std::clamp<std::int64_t>(-origin, 0, held);
  const auto end = periodic ? held : std::clamp<std::int64_t>(size - origin, 0, held);
  return {static_cast<double>(size), static_cast<double>(origin), static_cast<double>(begin),
          static_cast<double>(end), periodic};
}

void run(const Job& job, InstructionSet set) {
  if (job.kernel.resampling == WarpResampling::kNearest)
    warp_nearest(job, set);
  else if (takes_few_samples(job.kernel))
    warp_points(job, set);
  else if (job.kernel.resampling == WarpResampling::kSum)
    warp_sums(job);
  else if (takes_boxes(job.kernel.resampling))
    warp_boxes(job, set);
  else
    warp_filters(job, set);
}

/// Bands of one type in a row are computed together: they share positions and weights.
void run_by_type(Job job, std::span<const WarpBand> bands, InstructionSet set) {
  for (std::size_t i = 0; i < bands.size();) {
    std::size_t n = 1;
    while (i + n < bands.size() && bands[i + n].source.type == bands[i].source.type) ++n;
    job.bands = bands.subspan(i, n);
    run(job, set);
    i += n;
  }
}

}  // namespace

namespace {

bool has_complex(std::span<const WarpBand> bands) {
  return std::any_of(bands.begin(), bands.end(),
                     [](const WarpBand& b) { return is_complex(b.source.type); });
}

/// Methods that treat the two parts of a number alike, and need not order or square numbers.
bool takes_complex(WarpResampling r) {
  return r <= WarpResampling::kAverage || r == WarpResampling::kSum;
}

}  // namespace

void warp_block_on(InstructionSet set, const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                   const CoordinateMap& map, std::int64_t col, std::int64_t row,
                   std::span<const WarpBand> bands) {
  if (bands.empty()) return;
  check(kernel, geometry, bands);
  if (kernel.resampling != WarpResampling::kNearest && has_complex(bands)) {
    require(takes_complex(kernel.resampling), "complex pixels have no order and no rms");
    const SplitBands parts(bands);
    warp_block_on(set, kernel, geometry, map, col, row, parts.bands());
    return parts.join();
  }
  const ConstPlane& source = bands.front().source;
  const ConstPlane target = bands.front().target;
  Job job;
  job.kernel = kernel;
  job.across = axis_of(geometry.width, geometry.col, source.width, geometry.periodic);
  job.down = axis_of(geometry.height, geometry.row, source.height, false);
  job.source_width = source.width;
  job.source_height = source.height;
  job.map = &map;
  job.col = col;
  job.row = row;
  job.width = target.width;
  job.height = target.height;
  job.all_bands = bands;
  if (source.width <= 0 || source.height <= 0 || job.across.end <= job.across.begin ||
      job.down.end <= job.down.begin)
    return set_all_invalid(bands);
  run_by_type(job, bands, set);
}

}  // namespace warp

void warp_block(const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                const CoordinateMap& map, std::int64_t col, std::int64_t row,
                std::span<const WarpBand> bands) {
  warp::warp_block_on(best_instruction_set(), kernel, geometry, map, col, row, bands);
}

}  // namespace cogmill::kernels
