// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/device_buffer.hpp"
#include "kernels/cuda/stream.hpp"
#include "kernels/warp/map_view.hpp"

namespace cogmill::kernels::cuda {

/// A CoordinateMap in memory of the device that is current. Its memory grows and is reused.
class DeviceMap {
 public:
  /// Asynchronous on `stream`, but waits for the whole device where the memory has to grow. Work
  /// on other streams that reads the map before has to be done.
  /// @throws OutOfMemory; the map is then empty
  void upload(const CoordinateMap& map, Stream stream);

  /// @return the map for kernels, behind the upload in its stream
  const MapView& view() const { return view_; }

 private:
  MapView view_;
  DeviceBuffer memory_;
};

}  // namespace cogmill::kernels::cuda
