// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"
#include "kernels/plane.hpp"
#include "partition/file_layout.hpp"
#include "src/io/encoded_tile.hpp"
#include "src/plan/plan.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::pipeline {

/// Turns planes into compressed tiles. Thread-safe: every thread has its own codec and buffers.
class TileEncoder {
 public:
  /// @param frame of the tiles
  TileEncoder(const plan::Plan& plan, const partition::FrameRule& frame);

  /// A tile of an image, or nothing: it has no data and is left out (SPARSE_OK).
  using ImageTile = std::optional<io::EncodedTile>;

  /// Packs, predicts and compresses one tile; a tile of nothing but nodata is compressed once and
  /// copied afterwards.
  /// @param planes the tile's part of each band: all of them, or one where planes are separate
  ImageTile encode_image(const io::TileId& id, std::span<const kernels::ConstPlane> planes);
  io::EncodedTile encode_mask(const io::TileId& id, kernels::ConstPlane mask);

  /// Compresses one tile that a device has packed and predicted; SPARSE_OK and tiles of nothing
  /// but nodata as in encode_image.
  /// @param empty whether all its pixels are without data
  ImageTile encode_packed_image(const io::TileId& id, std::span<const std::byte> raw, bool empty);
  /// @param bits one for each pixel
  io::EncodedTile encode_packed_mask(const io::TileId& id, std::span<const std::byte> bits);

  /// The bytes of a pixel without data of each band.
  std::span<const std::vector<std::byte>> empty_pixels() const { return empty_pixels_; }

 private:
  struct Scratch {
    explicit Scratch(kernels::CodecSpec spec);
    kernels::Encoder image;
    kernels::Encoder mask;
    std::vector<std::byte> raw, row, packed;
  };
  using Payload = std::vector<std::byte>;

  bool is_empty(std::span<const kernels::ConstPlane> planes, std::size_t first_band) const;
  std::span<const std::byte> pack_image(std::span<const kernels::ConstPlane> planes,
                                        Scratch& scratch) const;
  std::size_t plane_of(const io::TileId& id) const;
  /// @return the compressed tile without data that was met before, if one was
  std::optional<Payload> known_empty(const io::TileId& id);
  Payload compress_empty(const io::TileId& id, std::span<const std::byte> raw);

  const plan::Plan& plan_;
  partition::FrameRule frame_;
  std::vector<std::vector<std::byte>> empty_pixels_;  ///< by band: nodata, or 0
  tbb::enumerable_thread_specific<Scratch> scratch_;
  std::mutex mutex_;
  std::vector<std::optional<Payload>> empty_tiles_;  ///< by plane, made when first met
};

/// The bytes of a pixel without data: nodata where the type can hold it, else 0.
std::vector<std::byte> empty_pixel(kernels::DataType type,
                                   const std::optional<kernels::Nodata>& nodata);

}  // namespace cogmill::pipeline
