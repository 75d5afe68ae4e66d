// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_buffer.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/cuda/tile_run.hpp"
#include "kernels/plane.hpp"
#include "kernels/predictor.hpp"

#include <cstdint>
#include <span>

namespace cogmill::kernels::cuda {

/// Turns planes in device memory into raw tiles, ready for a codec. It holds the table of its last
/// call's planes: one stream at a time.
class TilePacker {
 public:
  /// kernels::pack_tile and kernels::apply_predictor (of complex pixels: their components) for
  /// every tile of the run, one behind the other.
  /// @param tiles device memory, tile_width * tile_height * planes.size() * size_bytes(type) each
  /// @pre planes of one type and size that hold the tiles of the run; run.tile_width is a multiple
  ///      of 16; tiles is aligned to 16 bytes
  /// @throws std::invalid_argument where the predictor does not suit the type
  void pack(std::span<const ConstPlane> planes, const TileRun& run, Predictor predictor,
            std::byte* tiles, Stream stream);

  /// kernels::is_constant for every tile and plane.
  /// @param pixels host memory: the pixel of each plane, size_bytes(type) each
  /// @param flags device memory: [tile * planes.size() + plane] becomes 1 where every pixel of the
  ///        tile is the plane's, else 0
  void find_constant(std::span<const ConstPlane> planes, const TileRun& run,
                     std::span<const std::byte* const> pixels, std::uint8_t* flags, Stream stream);

 private:
  DeviceBuffer planes_, constant_planes_;
};

/// kernels::pack_mask_bits for every tile of the run, one behind the other.
/// @param bits device memory, ceil(tile_width / 8) * tile_height bytes each
void pack_mask_bits(ConstPlane mask, const TileRun& run, std::byte* bits, Stream stream);

}  // namespace cogmill::kernels::cuda
