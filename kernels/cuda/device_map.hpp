// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/warp/map_view.hpp"

#include <cstddef>

namespace cogmill::kernels::cuda {

/// A CoordinateMap in memory of the device that is current. Its memory grows and is reused.
class DeviceMap {
 public:
  DeviceMap() = default;
  ~DeviceMap();
  DeviceMap(DeviceMap&& other) noexcept;
  DeviceMap& operator=(DeviceMap&& other) noexcept;

  /// Asynchronous on `stream`, but waits for the whole device where the memory has to grow. Work
  /// on other streams that reads the map before has to be done.
  /// @throws OutOfMemory; the map is then empty
  void upload(const CoordinateMap& map, Stream stream);

  /// @return the map for kernels, behind the upload in its stream
  const MapView& view() const { return view_; }

 private:
  void grow(std::size_t bytes);

  MapView view_;
  void* memory_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace cogmill::kernels::cuda
