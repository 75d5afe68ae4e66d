// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/colour_planes.hpp"
#include "kernels/merge_layers.hpp"
#include "kernels/nodata.hpp"
#include "kernels/warp/warp.hpp"
#include "partition/window.hpp"
#include "src/io/source.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>

namespace cogmill::warp {

/// What an engine's memory is for. Each room is used by one thing at a time.
enum class Room : std::uint8_t {
  kSource,  ///< of a piece: its source pixels, and which of them count
  kSourceValid,
  kSourceDensity,
  kTargetValid,  ///< of a piece: which of its output pixels have a source, and under what alpha
  kTargetAlpha,
  kSourceColours,  ///< of a piece: red, green, blue of paletted bands, and where there is any
  kTargetColours,
  kUnasked,  ///< output pixels of bands that nobody wants
  kLayer,    ///< of a mosaic: its next layer, and what is known of those merged so far
  kMerged,
  kSums,
  kCounts,
  kLayerValid,
  kOpaque,
  kInside,  ///< of a cutline
};
inline constexpr std::size_t kRooms = static_cast<std::size_t>(Room::kInside) + 1;

/// Where planes lie and what computes on them: this rank's cores, or a device. All planes are the
/// engine's. Calls take effect in their order; they may return earlier. One user at a time.
class PlaneEngine {
 public:
  virtual ~PlaneEngine() = default;

  /// Planes of a window, with undefined contents. They go when the room is asked for again.
  virtual std::span<const kernels::Plane> room(Room room, const partition::Window& window,
                                               std::span<const kernels::DataType> types) = 0;
  kernels::Plane room(Room room, const partition::Window& window, kernels::DataType type) {
    return this->room(room, window, std::span(&type, 1)).front();
  }

  /// source.decode() into planes.
  virtual io::DecodeReport decode(io::Source& source, const io::Fetched& fetched,
                                  std::span<const kernels::Plane> planes) = 0;
  /// A Byte plane that only the host can make.   @param draw of a strip of the window
  using Draw = std::function<void(const partition::Window& strip, const kernels::Plane& rows)>;
  virtual kernels::Plane draw(Room room, const partition::Window& window, const Draw& draw) = 0;

  // The functions of kernels/.
  virtual void fill(const kernels::Plane& plane, const std::byte* pixel) = 0;
  virtual void fill_invalid(const kernels::Plane& plane, const kernels::ConstPlane& valid,
                            const std::byte* pixel) = 0;
  virtual void convert(const kernels::ConstPlane& from, const kernels::Plane& to) = 0;
  virtual void invalidate_nodata(const kernels::ConstPlane& pixels, const kernels::Nodata& nodata,
                                 const kernels::Plane& valid) = 0;
  virtual void finish_nodata(const kernels::Plane& pixels, const kernels::ConstPlane& valid,
                             const std::optional<kernels::Nodata>& nodata) = 0;
  virtual void unite_valid(const kernels::ConstPlane& one, const kernels::Plane& into) = 0;
  virtual void hide_transparent(const kernels::ConstPlane& alpha, const kernels::Plane& valid) = 0;
  virtual void to_density(const kernels::ConstPlane& alpha, const kernels::Plane& density) = 0;
  virtual void convert_alpha(const kernels::ConstPlane& from, const kernels::Plane& to,
                             double factor) = 0;
  virtual void limit_to_alpha(const kernels::ConstPlane& alpha, const kernels::Plane& colour) = 0;
  virtual void validity_to_alpha(const kernels::ConstPlane& valid, const kernels::Plane& alpha) = 0;
  virtual void merge_layer(kernels::MergeMethod method, const kernels::ConstPlane& layer,
                           const kernels::ConstPlane& layer_valid, const kernels::Plane& into,
                           const kernels::Plane& valid) = 0;
  virtual void add_up(const kernels::ConstPlane& layer, const kernels::ConstPlane& layer_valid,
                      const kernels::Plane& sum, const kernels::Plane& count) = 0;
  virtual void divide_sums(const kernels::ConstPlane& sum, const kernels::ConstPlane& count,
                           const kernels::Plane& into, const kernels::Plane& valid) = 0;
  virtual kernels::PixelBounds find_gaps(std::span<const kernels::Plane> valid) = 0;

  /// The map of the warps to come. It has to live as long as they.
  virtual void use_map(const kernels::CoordinateMap& map) = 0;
  virtual void warp(const kernels::WarpKernel& kernel, const kernels::WarpSourceGeometry& geometry,
                    std::int64_t col, std::int64_t row,
                    std::span<const kernels::WarpBand> bands) = 0;

  /// Colours of numbers and numbers of colours: on the cores only, see WarpedSource::suits().
  virtual void split_colours(const kernels::ColourTables& /*tables*/,
                             const kernels::ConstPlane& /*numbers*/,
                             const kernels::ConstPlane& /*valid*/,
                             const kernels::ColourPlanes& /*colours*/) {
    throw std::logic_error("colours are resampled on the cores");
  }
  virtual void join_colours(const kernels::ColourTables& /*tables*/,
                            const kernels::ColourPlanes& /*colours*/,
                            const kernels::Plane& /*numbers*/, const kernels::Plane& /*valid*/) {
    throw std::logic_error("colours are resampled on the cores");
  }

  /// @return how many valid pixels finish_nodata() has moved since it was last asked; 0 where a
  /// device counts them by itself
  virtual std::int64_t take_moved() = 0;
};

/// Whether an engine can resample bands of these types.
using CanWarp =
    std::function<bool(const kernels::WarpKernel&, std::span<const kernels::DataType> types)>;

}  // namespace cogmill::warp
