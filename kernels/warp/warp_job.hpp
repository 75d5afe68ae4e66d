// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/instruction_set.hpp"
#include "kernels/warp/source_axis.hpp"
#include "kernels/warp/warp.hpp"
#include "kernels/warp/warp_store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

/// What the families of kernels share. Not for callers: use kernels/warp/warp.hpp.
namespace cogmill::kernels::warp {

/// One call of warp_block. Bands have one source type and shape, and masks of bytes.
struct Job {
  WarpKernel kernel;
  SourceAxis across, down;
  std::int64_t source_width = 0, source_height = 0;  ///< of the block [px]
  const CoordinateMap* map = nullptr;
  std::int64_t col = 0, row = 0, width = 0, height = 0;  ///< output window [px]
  std::span<const WarpBand> bands;
  std::span<const WarpBand> all_bands;  ///< of the call, for CentreRule::kAnyBand

  /// @return whether the block holds no sample of its image
  bool is_empty() const;
};

/// @throws std::invalid_argument where a call of warp_block breaks its contract
void check_call(const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                std::span<const WarpBand> bands);

/// @param map nullptr if it is not in this memory   @pre at least one band; check_call
Job job_of(const WarpKernel& kernel, const WarpSourceGeometry& geometry, const CoordinateMap* map,
           std::int64_t col, std::int64_t row, std::span<const WarpBand> bands);

/// @return how many bands from the first on have its source type   @pre at least one
std::size_t run_of_one_type(std::span<const WarpBand> bands);

/// Output pixels [col, col + count) of row `row`, counted from the window's first.
struct Strip {
  std::int64_t row = 0, col = 0;
  int count = 0;
};

/// Calls f for every strip of the output.
template <class F>
void for_each_strip(const Job& job, F&& f) {
  for (std::int64_t row = 0; row < job.height; ++row)
    for (std::int64_t col = 0; col < job.width; col += kSegment)
      f(Strip{row, col, static_cast<int>(job.width - col < kSegment ? job.width - col : kSegment)});
}

void warp_nearest(const Job& job, InstructionSet set);
void warp_points(const Job& job, InstructionSet set);   ///< bilinear and cubic of few samples
void warp_filters(const Job& job, InstructionSet set);  ///< kernels of any width
void warp_boxes(const Job& job, InstructionSet set);    ///< average and those after it, but
void warp_sums(const Job& job);                         ///< sum: any quadrilateral

/// warp_block with a chosen instruction set, for the tests that compare them.
/// @pre the processor has it
void warp_block_on(InstructionSet set, const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                   const CoordinateMap& map, std::int64_t col, std::int64_t row,
                   std::span<const WarpBand> bands);

}  // namespace cogmill::kernels::warp
