// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/codec.hpp"
#include "kernels/plane.hpp"
#include "src/io/tile_store.hpp"
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
  TileEncoder(const plan::Plan& plan, io::TileStore& store);

  /// Packs, predicts, compresses and keeps one tile; a tile of nothing but nodata is compressed
  /// once and copied afterwards, or left out under SPARSE_OK.
  /// @param planes the tile's part of each band: all of them, or one where planes are separate
  void encode_image(const io::TileId& id, std::span<const kernels::ConstPlane> planes);
  void encode_mask(const io::TileId& id, kernels::ConstPlane mask);

  /// The same for a tile that is packed and predicted, as a device leaves it.
  /// @param empty whether all its pixels are without data
  void encode_packed_image(const io::TileId& id, std::span<const std::byte> raw, bool empty);
  /// @param bits one for each pixel
  void encode_packed_mask(const io::TileId& id, std::span<const std::byte> bits);

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
  void keep_empty(const io::TileId& id, std::span<const std::byte> raw);
  /// @return false if no such tile was met before
  bool keep_known_empty(const io::TileId& id);

  const plan::Plan& plan_;
  io::TileStore& store_;
  std::vector<std::vector<std::byte>> empty_pixels_;  ///< by band: nodata, or 0
  tbb::enumerable_thread_specific<Scratch> scratch_;
  std::mutex mutex_;
  std::vector<std::optional<Payload>> empty_tiles_;  ///< by plane, made when first met
};

/// The bytes of a pixel without data: nodata where the type can hold it, else 0.
std::vector<std::byte> empty_pixel(kernels::DataType type,
                                   const std::optional<kernels::Nodata>& nodata);

}  // namespace cogmill::pipeline
