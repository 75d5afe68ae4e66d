// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/nodata.hpp"
#include "kernels/warp/warp.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/crs/target_grid.hpp"
#include "src/io/open_source.hpp"
#include "src/io/scene_info.hpp"
#include "src/io/source.hpp"
#include "src/warp/source_block.hpp"
#include "src/warp/warp_pieces.hpp"
#include "src/warp/warp_scratch.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cogmill::warp {

/// Stands for an alpha band that the source does not have: full where a pixel has a source, in the
/// type of the plane it is asked for in.
inline constexpr int kAddedAlphaBand = -1;

/// Stands for where a band has data: Byte, 255 or 0.   @param band number from 1
constexpr int validity_of(int band) { return kAddedAlphaBand - band; }
/// @return the band that a validity is of, 0 for other bands
constexpr int band_of_validity(int band) { return band < kAddedAlphaBand ? -1 - band : 0; }

/// One input on its way to the output's grid.
struct WarpSetup {
  io::SceneInfo scene;  ///< of the file, or of the overview that is read instead
  crs::SourceOptions source;
  crs::TargetGrid grid;
  kernels::WarpKernel kernel;
  double error_threshold = 0.125;  ///< [source px]
  /// By band: what is invalid in the source, and what invalid pixels of the output become.
  std::vector<std::optional<kernels::Nodata>> src_nodata, dst_nodata;
  bool all_bands_invalid = false;  ///< UNIFIED_SRC_NODATA=YES: invalid only where all bands are
  /// From the output's pixels to the scene's; nullptr: it is made from `source`.
  std::shared_ptr<const crs::PixelTransformer> transformer = {};
};

/// What resampling has come across, for the record.
struct WarpReport {
  std::int64_t transformed = 0;   ///< positions that went through PROJ
  double largest_error = 0;       ///< of the control grid [source px]
  std::int64_t moved_pixels = 0;  ///< valid, but equal to nodata: set to the next value
  void add(const WarpReport& other);
};

/// A source whose windows are windows of the output's grid. Bands are those of the file;
/// io::kMaskBand is 255 where any band asked for has a source pixel, the alpha band of the scene is
/// its resampled opacity, validity_of(band) where it has data. Planes of image bands have the
/// band's type or a wider one. Thread-safe as every source; results never depend on the windows.
class WarpedSource : public io::Source {
 public:
  virtual WarpReport report() const = 0;
};

/// A part of a window of the output, with its source pixels decoded.
struct DecodedPiece {
  const WarpSetup& setup;
  const SourceReading& reading;
  const SourceImage& image;
  const kernels::CoordinateMap& map;  ///< of the whole window
  std::span<const int> bands;         ///< asked for, by plane
  partition::Window window;           ///< all of it
  partition::Window output;           ///< this part
  SourceBlock* source = nullptr;      ///< as decoded: find_valid() is still to come. nullptr: none
};

/// Where the piece's block stands in its image.   @pre it has one
kernels::WarpSourceGeometry geometry_of(const DecodedPiece& piece);

/// Resamples pieces to where they belong.
class PieceTaker {
 public:
  virtual ~PieceTaker() = default;
  /// @return valid pixels that had to be moved off nodata
  virtual std::int64_t take(const DecodedPiece& piece) = 0;
};

/// One input that is resampled, piece by piece.
class PiecewiseSource : public WarpedSource {
 public:
  virtual const WarpSetup& setup() const = 0;
  /// As decode(), but whoever asks resamples. Pieces come one after another, in their order.
  virtual io::DecodeReport decode_pieces(const io::Fetched& fetched, PieceTaker& taker) = 0;
};

/// @param scratch memory that many sources share; nullptr: it has its own
/// @throws report::RuntimeError if the file cannot be opened or its positions not be transformed
std::unique_ptr<PiecewiseSource> make_warped_source(const WarpSetup& setup,
                                                    const io::OpenOptions& options,
                                                    std::shared_ptr<ScratchPool> scratch = {});

/// Memory that one window in flight takes beside its planes [bytes].
std::int64_t warp_working_bytes(const WarpSetup& setup, std::int64_t window_pixels);

}  // namespace cogmill::warp
