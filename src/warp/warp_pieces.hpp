// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/warp/coordinate_map.hpp"
#include "kernels/warp/warp_kernel.hpp"
#include "partition/window.hpp"
#include "src/crs/pixel_transformer.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::warp {

/// The image that positions of a map refer to.
struct SourceImage {
  std::int64_t width = 0, height = 0;  ///< [px]
  bool periodic = false;  ///< its columns go round the globe: column -1 is column width - 1
  double turn = 0;        ///< WarpSourceGeometry::turn
};

/// @param boxes whether it is resampled by boxes, whose corners go on over what the columns leave
/// out of a turn; of columns that overlap there are no more than a turn takes
SourceImage image_of(std::int64_t width, std::int64_t height, const crs::PixelTransformer& from,
                     bool boxes);

/// A part of the output that is resampled at once.
struct Piece {
  partition::Window output;
  /// Source pixels that it needs, empty if it has no source. Of a periodic source its columns may
  /// begin below 0 and end beyond the width: it is unrolled.
  partition::Window source;
};

/// Cuts a window of the output so that no piece needs more than `most_source_pixels`, as long as it
/// has more than one pixel itself. Where the source lies in two places (beyond the antimeridian, a
/// pole), pieces become small there. Cuts never change pixels.
std::vector<Piece> cut_into_pieces(const kernels::CoordinateMap& map, const SourceImage& source,
                                   const kernels::WarpMargin& margin,
                                   const partition::Window& output,
                                   std::int64_t most_source_pixels);

/// The places of a periodic source that an unrolled window of it is read from.
struct UnrolledPart {
  partition::Window unrolled;  ///< part of the window
  partition::Window source;    ///< the same pixels, inside the image
};
std::vector<UnrolledPart> unroll(const partition::Window& window, const SourceImage& source);

}  // namespace cogmill::warp
