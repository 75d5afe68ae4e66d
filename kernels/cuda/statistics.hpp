// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_buffer.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/cuda/tile_run.hpp"
#include "kernels/statistics.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cogmill::kernels::cuda {

/// Statistics of tiles of planes in device memory. It holds those of its last call until they are
/// read: one stream at a time.
class TileStatistics {
 public:
  /// kernels::compute_statistics for every tile of the run and every plane.
  /// @param nodata of each plane   @param mask Byte, of the planes' size, or none
  /// @pre the planes have one real type and one size; a tile has less than 2^31 pixels
  void measure(std::span<const ConstPlane> planes, std::span<const std::optional<Nodata>> nodata,
               ConstPlane mask, const TileRun& run, Stream stream);

  /// Waits for the stream.
  /// @return of what was measured last, plane by plane of each tile: the host's, to the last bit
  std::vector<Statistics> read(Stream stream);

 private:
  DeviceBuffer planes_, pieces_, results_;
  DataType type_ = DataType::kUInt8;
  std::int64_t count_ = 0;
};

}  // namespace cogmill::kernels::cuda
