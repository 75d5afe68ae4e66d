// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_map.hpp"
#include "kernels/cuda/merge_layers.hpp"
#include "src/gpu/device_memory.hpp"
#include "src/gpu/handles.hpp"

#include <cstdint>
#include <vector>

namespace cogmill::gpu {

/// What a lane keeps for resampling.
struct WarpWork {
  explicit WarpWork(DeviceMemory& memory) : moved_(memory) {}

  kernels::cuda::DeviceMap map;
  kernels::cuda::GapFinder gaps;
  std::vector<DeviceBlock> rooms;  ///< planes of windows, by what they are for
  std::vector<DeviceBlock> parts;  ///< of complex pixels

  /// On the device: valid pixels that had to be moved off nodata, since the last take_moved().
  std::uint64_t* moved_counter(Stream stream);
  /// Waits for the stream.
  std::int64_t take_moved(Stream stream);

 private:
  DeviceBuffer moved_;
};

}  // namespace cogmill::gpu
