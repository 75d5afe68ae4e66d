// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/device_list.hpp"
#include "src/gpu/device_memory.hpp"

#include <cstdint>
#include <optional>

namespace cogmill::gpu {

/// The device that this rank computes on.
class Device {
 public:
  /// Makes the device's context, which takes a third of a second.
  /// @param limit bytes of its memory that this rank may take; nothing: its share of what is free,
  /// less a reserve   @param sharers ranks that compute on it
  /// @throws kernels::cuda::CudaError
  Device(DeviceInfo info, std::optional<std::int64_t> limit, int sharers);

  /// Ends the context, which the driver would do at the end of the process and take its time.
  /// @pre nothing of it is in use any more
  void shut_down();

  /// Sends the CUDA calls of the calling thread to this device from now on.
  void use() const;

  const DeviceInfo& info() const { return info_; }
  DeviceMemory& memory() { return *memory_; }

 private:
  DeviceInfo info_;
  std::optional<DeviceMemory> memory_;
};

}  // namespace cogmill::gpu
