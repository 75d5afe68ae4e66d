// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/open_source.hpp"
#include "src/io/scene_info.hpp"
#include "src/io/source.hpp"
#include "src/warp/host_engine.hpp"
#include "src/warp/reuse_pool.hpp"
#include "src/warp/warp_setup.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace cogmill::warp {

/// Stands for an alpha band that the source does not have: full where a pixel has a source, in the
/// type of the plane it is asked for in.
inline constexpr int kAddedAlphaBand = -1;

/// Stands for where a band has data: Byte, 255 or 0.   @param band number from 1
constexpr int validity_of(int band) { return kAddedAlphaBand - band; }
/// @return the band that a validity is of, 0 for other bands
constexpr int band_of_validity(int band) { return band < kAddedAlphaBand ? -1 - band : 0; }

/// A source whose windows are windows of the output's grid. Bands are those of the file;
/// io::kMaskBand is 255 where any band asked for has a source pixel, the alpha band of the scene is
/// the opacity under the pixel's centre, in any type (kernels::alpha_factor), or full where pixels
/// are boxes; validity_of(band) is where it has data. Planes of image bands have the
/// band's type or a wider one. Thread-safe as every source; results never depend on the windows,
/// nor on the engine but for what docs/gpu.md says.
class WarpedSource : public io::Source {
 public:
  /// decode() with memory of the host, which is kept for the next window.
  io::DecodeReport decode(const io::Fetched& fetched, std::span<const kernels::Plane> planes) final;

  /// decode() into planes of an engine.
  virtual io::DecodeReport decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                                     std::span<const kernels::Plane> planes) = 0;
  /// @return whether an engine that can warp what `can` says can decode the window
  virtual bool suits(const io::Fetched& fetched, const CanWarp& can) const = 0;

 private:
  ReusePool<HostEngine> engines_;
};

/// Decodes what is, or is not, resampled.
io::DecodeReport decode_on(PlaneEngine& engine, io::Source& source, const io::Fetched& fetched,
                           std::span<const kernels::Plane> planes);

/// One input that is resampled, piece by piece.
/// @throws report::RuntimeError if the file cannot be opened or its positions not be transformed
std::unique_ptr<WarpedSource> make_warped_source(const WarpSetup& setup,
                                                 const io::OpenOptions& options);

/// What the pixels of a window of the image take at most, which may be all of it several times
/// where it goes round the globe: decoded, or as whole blocks of the file; at most `limit` [bytes].
std::int64_t whole_image_bytes(const io::SceneInfo& scene, bool whole_blocks, std::int64_t limit);

/// Memory that one window in flight takes beside its planes [bytes].
std::int64_t warp_working_bytes(const WarpSetup& setup, std::int64_t window_pixels);

}  // namespace cogmill::warp
