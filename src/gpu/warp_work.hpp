// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_map.hpp"
#include "src/gpu/device_memory.hpp"
#include "src/gpu/handles.hpp"

#include <cstdint>

namespace cogmill::gpu {

/// What a lane keeps for resampling.
struct WarpWork {
  explicit WarpWork(DeviceMemory& memory)
      : source(memory),
        masks(memory),
        density(memory),
        valid(memory),
        opacity(memory),
        unasked(memory),
        moved_(memory) {}

  kernels::cuda::DeviceMap map;
  DeviceBlock source, masks, density;   ///< source pixels of a piece, and which of them count
  DeviceBlock valid, opacity, unasked;  ///< output pixels of a piece

  /// On the device: valid pixels that had to be moved off nodata, since the last take_moved().
  std::uint64_t* moved_counter(Stream stream);
  /// Waits for the stream.
  std::int64_t take_moved(Stream stream);

 private:
  DeviceBuffer moved_;
};

}  // namespace cogmill::gpu
