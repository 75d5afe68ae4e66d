// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"
#include "kernels/warp/coordinate_map.hpp"
#include "kernels/warp/warp_kernel.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cogmill::kernels {

/// Where a block of source pixels stands in its image.
struct WarpSourceGeometry {
  std::int64_t width = 0, height = 0;  ///< the whole source [px]: beyond it there are no samples
  std::int64_t col = 0, row = 0;       ///< the block's first pixel in the source
  /// The columns go round the globe: column -1 is column width - 1. The block is then stored
  /// unrolled: its columns may begin below 0 and end beyond width.
  bool periodic = false;
  /// For boxes of a periodic source: how far apart positions of one place lie [px]; 0: its width.
  /// What it is longer than the width is a gap without samples.
  double turn = 0;
};

/// One band of a source block, and one of the output.
struct WarpBand {
  ConstPlane source;
  /// Byte plane shaped as source, 0: no data; data == nullptr: all pixels are valid.
  ConstPlane source_valid = {};
  /// Weight of each pixel, shaped as source, 0 .. 1 (a partly transparent alpha); nullptr: all 1.
  /// @pre source_valid is 0 where it is 0
  PlaneView<const float> source_density = {};
  /// Planes of the same real type as source, or of a wider one that holds the unrounded result.
  /// Pixels without a valid source are left as they are.
  Plane target;
  Plane target_valid;  ///< Byte, shaped as target: becomes 255 where the pixel is set, else 0;
                       ///< data == nullptr: not wanted
};

/// Resamples the output rows [row, row + rows) of one block: every band with one set of positions.
/// Pure: a pixel depends on its position, the source and the kernel alone, never on the blocks.
/// Target planes hold output pixels (col, row) onwards. Follows GDAL's warp kernel (formulas and
/// rounding: tests/parity); differences are stated in docs/warp.md.
/// Complex bands are resampled component by component, with kNearest to kLanczos, kAverage and
/// kSum.
/// @pre the source block holds every pixel of its image within margin_of(kernel) of source_extent()
/// @throws std::invalid_argument for complex pixels and a method that orders or counts them
void warp_block(const WarpKernel& kernel, const WarpSourceGeometry& geometry,
                const CoordinateMap& map, std::int64_t col, std::int64_t row,
                std::span<const WarpBand> bands);

/// Sets the invalid pixels to nodata (0 if there is none), and moves valid ones that happen to
/// equal nodata to the next value, as gdalwarp: integers down by 1 (up at the type's minimum),
/// floats up (towards 0 at the largest). A complex pixel is what its real part is; an invalid one
/// has no imaginary part. @return how many valid pixels were moved
std::int64_t finish_nodata(Plane pixels, ConstPlane valid, const std::optional<Nodata>& nodata);

/// Sets valid to 0 where the pixel equals nodata (NaN: is NaN); valid keeps its value elsewhere.
void invalidate_nodata(ConstPlane pixels, const Nodata& nodata, Plane valid);

}  // namespace cogmill::kernels
