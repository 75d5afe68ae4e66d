// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/merge_layers.hpp"
#include "src/warp/warped_source.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cogmill::warp {

using MosaicMethod = kernels::MergeMethod;  ///< where sources overlap

/// One source of a mosaic.
struct MosaicLayer {
  /// The file or the overview that is read, how it is resampled, and what is invalid in it. `grid`,
  /// `error_threshold` and `dst_nodata` are the mosaic's: they are left empty here.
  WarpSetup warp;
  partition::Window footprint;  ///< output pixels the source may reach; empty: none
  /// Column and row of the output where the first pixel of a source lies that has the output's grid
  /// and is copied; nothing: the source is resampled.
  std::optional<std::array<std::int64_t, 2>> place;
  /// Which of MosaicSetup::crs the source is in, if it has a geotransform; nothing: it has GCPs,
  /// RPC, ...
  std::optional<std::size_t> crs;
  std::int64_t full_width = 0, full_height = 0;  ///< of the file [px]
  std::array<double, 6> geotransform = {};       ///< of the file
};

/// Coordinate reference system that sources have in common, and the area they cover together.
struct MosaicCrs {
  std::string wkt;
  std::optional<std::array<double, 4>> area;  ///< west, south, east, north [degrees]
};

/// Many sources on one grid, in the order of their priority: later ones lie on top.
struct MosaicSetup {
  std::vector<MosaicLayer> layers;
  std::vector<MosaicCrs> crs;
  MosaicMethod method = MosaicMethod::kLast;
  crs::TargetGrid grid;
  double error_threshold = 0.125;  ///< [source px]
  /// The alpha band of the first source, whose numbers the image bands have; 0: it has none.
  int alpha_band = 0;
  std::vector<std::optional<kernels::Nodata>> dst_nodata;  ///< of the output, by that number from 1
};

/// The parts of the output that the layers may reach, as FootprintIndex takes them.
std::vector<partition::Window> footprints_of(const MosaicSetup& setup);

/// What a mosaic may use.
struct MosaicLimits {
  std::int64_t cache_bytes = 0;   ///< decoded blocks kept by all open sources, and their decoders
  std::int64_t source_bytes = 0;  ///< what an open source takes beside its cache, at most
  std::size_t handles = 64;       ///< open files, roughly
  std::size_t threads = 1;        ///< each has handles of its own on files read through GDAL
};

/// The sources as one image on the output's grid. Bands are the image bands of the sources, with
/// the numbers that they have in the first one; io::kMaskBand is 255 where any band has data;
/// kAddedAlphaBand is the opacity of the source that a pixel is from (with kMean, kMin and kMax the
/// largest one), full for sources without alpha. Pixels are merged one source at a time, band by
/// band, and independently of windows: a source counts in a band where it has valid pixels that are
/// not NaN.
std::unique_ptr<WarpedSource> make_mosaic_source(std::shared_ptr<const MosaicSetup> setup,
                                                 const MosaicLimits& limits,
                                                 const io::OpenOptions& options);

/// Memory of one window in flight beside its planes: per pixel, and whatever its size [bytes].
/// @param types of the planes of image bands
std::int64_t mosaic_pixel_bytes(const MosaicSetup& setup, std::span<const kernels::DataType> types);
std::int64_t mosaic_working_bytes(const MosaicSetup& setup, std::int64_t window_pixels);

}  // namespace cogmill::warp
