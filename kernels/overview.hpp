// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/plane.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace cogmill::kernels {

/// How an overview level is computed from the level below it.
enum class Resampling : std::uint8_t { kNearest, kAverage, kBilinear, kCubic, kMode };

/// GDAL's name in lower case: "nearest", "average", ...
std::string_view name_of(Resampling resampling);

/// Half-open range of pixels along one axis.
struct Range {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// Which source pixels the destination pixels [dst.begin, dst.end) are computed from, along one
/// axis of two whole levels of src_size and dst_size pixels (dst_size = max(1, src_size / 2)).
/// Clipped to the level. Enough for every kernel, so that a block reduced with its source range has
/// the same pixels as the level reduced whole.
/// @pre 0 <= dst.begin < dst.end <= dst_size
Range overview_source_range(Resampling resampling, std::int64_t src_size, std::int64_t dst_size,
                            Range dst);

/// Where a block stands in its two levels [px].
struct OverviewGeometry {
  std::int64_t src_width = 0, src_height = 0;  ///< the whole source level
  std::int64_t dst_width = 0, dst_height = 0;  ///< the whole destination level
  std::int64_t src_col = 0, src_row = 0;       ///< position of src's first pixel in its level
  std::int64_t dst_col = 0, dst_row = 0;       ///< position of dst's first pixel in its level
};

/// What makes a source pixel invalid beside being NaN, and what an output pixel without any valid
/// source becomes.
struct Validity {
  std::optional<Nodata> nodata;  ///< pixels that match it (NodataTest) are invalid
  ConstPlane mask = {};          ///< Byte plane shaped as src, 0 = invalid; data == nullptr: none
};

/// Fills `dst` with overview pixels. Pure: every dst pixel depends on source pixels and geometry
/// alone, never on how the level is cut into blocks. Same pixels as GDAL's cascaded overviews (the
/// ratio src_size / dst_size is a real number just above 2 for odd sizes): equal for nearest,
/// average and mode, within the bound stated in tests/parity for the others, which also lists where
/// GDAL's versions differ. NaN is never a valid source, which GDAL knows only where nodata is NaN.
/// An output pixel without a valid source is nodata, or NaN, or 0 where a mask hides all; a valid
/// one that comes out equal to nodata takes the next value. As in GDAL, kNearest copies pixels
/// whatever their validity, and kMode of a Byte band looks at nodata but not at the mask. 64-bit
/// integers are weighed in double: exact up to 2^53, always with kNearest and kMode.
/// @pre src covers overview_source_range of dst on both axes; src.type == dst.type
/// @throws std::invalid_argument for a complex type with anything but kNearest
void reduce_overview(Resampling resampling, const OverviewGeometry& geometry, ConstPlane src,
                     const Validity& validity, Plane dst);

/// True if a result that is NaN is made again with without_nan(): a rule of all backends.
bool may_leave_out_nan(Resampling resampling, DataType type, const Validity& validity);
inline Validity without_nan(ConstPlane mask) {
  return {Nodata(std::numeric_limits<double>::quiet_NaN()), mask};
}

/// Fills `dst` with the overview of a mask (Byte, 0 or 255): an output pixel is valid (255) exactly
/// where reduce_overview under this mask finds a valid source, as in GDAL's first mask overview.
/// kNearest takes the mask's nearest pixel and kMode a plain vote of valid and invalid pixels.
void reduce_mask(Resampling resampling, const OverviewGeometry& geometry, ConstPlane mask,
                 Plane dst);

}  // namespace cogmill::kernels
