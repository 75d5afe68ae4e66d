// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "partition/window.hpp"
#include "src/crs/pixel_transformer.hpp"

#include <cstdint>

namespace cogmill::crs {

/// What a control grid took and how good it is.
struct ControlGridReport {
  std::int64_t transformed = 0;  ///< positions given to the transformer
  double largest_error = 0;      ///< of the patches, at the points tested [source px], |dx| + |dy|
};

/// Maps a window of output pixels. Every cell's patch is compared with the transformer at its
/// centre, the middle of its edges and two points without symmetry; it is split until |dx| + |dy|
/// is within `error_threshold` and it spans less than half a period, and below 4 px exact positions
/// are kept. 0: every position is exact. Cells with a failed corner, over a discontinuity or a pole
/// are split like the others. With a source that repeats (period_of), corners are brought within
/// half a period of the cell's first one, so a cell may reach beyond [0, period]; exact positions
/// are brought near their neighbours (bring_together). A cell is kNowhere if no pixel along its rim
/// nor any of some inside has a source. Between the tested points a patch may be off by 1.5 times
/// the threshold; 4 times beside a cut of an interrupted projection. `corners` are those of the
/// square, (col, row) to (col + side, row + side), for both anchors. Pure: cells depend on their
/// place in the output image alone, not on the window.
kernels::CoordinateMap build_control_grid(const PixelTransformer& transformer,
                                          const partition::Window& window,
                                          kernels::CoordinateMap::Anchor anchor,
                                          double error_threshold, ControlGridReport& report);

/// One pair of scale factors for the whole output: GDAL's probes (unit squares on a grid of up to
/// 10 x 10, edges where upright, else the root of the area, poles dropped, snapped to integers),
/// over the output image instead of a chunk.
struct ScaleFactors {
  double x = 1, y = 1;  ///< output px per source px
};
ScaleFactors measure_scale(const PixelTransformer& transformer, const TargetGrid& target);
/// Scale factors of one source among many, probed over the part of the output that it covers.
ScaleFactors measure_scale(const PixelTransformer& transformer, const partition::Window& part);

}  // namespace cogmill::crs
