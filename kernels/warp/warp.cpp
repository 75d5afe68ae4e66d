// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/warp/warp.hpp"

#include "kernels/warp/complex_bands.hpp"
#include "kernels/warp/set_all_invalid.hpp"
#include "kernels/warp/warp_job.hpp"
#include "kernels/warp/warp_weights.hpp"

namespace cogmill::kernels {
namespace warp {
namespace {

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
    const std::size_t n = run_of_one_type(bands.subspan(i));
    job.bands = bands.subspan(i, n);
    run(job, set);
    i += n;
  }
}

}  // namespace

void warp_block_on(InstructionSet set, const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                   const CoordinateMap& map, std::int64_t col, std::int64_t row,
                   std::span<const WarpBand> bands) {
  if (bands.empty()) return;
  check_call(kernel, geometry, bands);
  if (needs_split(kernel.resampling, bands)) {
    HostParts parts;
    const SplitBands split(bands, parts);
    warp_block_on(set, kernel, geometry, map, col, row, split.bands());
    return split.join();
  }
  const Job job = job_of(kernel, geometry, &map, col, row, bands);
  if (job.is_empty()) return set_all_invalid(bands);
  run_by_type(job, bands, set);
}

}  // namespace warp

void warp_block(const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                const CoordinateMap& map, std::int64_t col, std::int64_t row,
                std::span<const WarpBand> bands) {
  warp::warp_block_on(best_instruction_set(), kernel, geometry, map, col, row, bands);
}

}  // namespace cogmill::kernels
