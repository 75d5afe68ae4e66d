// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/gpu/device_list.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cogmill::gpu {

/// What the driver's management library (NVML) knows of a device, and CUDA does not tell without
/// starting it. Whatever it does not say is left out.
struct DeviceUse {
  std::optional<std::int64_t> free_bytes;
  int nvlinks = 0;             ///< that are up
  std::vector<int> processes;  ///< that compute on it, this one left out; at most 256
};

/// Asks NVML, which is part of the driver and is looked for at run time. Starts no device. Local.
/// @return one for each device, in their order; all empty without NVML
std::vector<DeviceUse> read_device_use(std::span<const DeviceInfo> devices,
                                       const std::vector<std::string>& library = {
                                           "libnvidia-ml.so.1"});

}  // namespace cogmill::gpu
