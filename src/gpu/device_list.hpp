// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::gpu {

/// One device that this process sees.
struct DeviceInfo {
  int ordinal = 0;           ///< as CUDA_VISIBLE_DEVICES numbers it
  std::string name;          ///< "NVIDIA H100 80GB HBM3"
  std::string uuid;          ///< "GPU-..."; of a MIG slice its own
  std::string pci;           ///< "0000:65:00.0"
  int major = 0, minor = 0;  ///< compute capability
  int multiprocessors = 0;
  std::int64_t memory_bytes = 0;
  bool mig = false;         ///< a slice of a device
  bool integrated = false;  ///< shares the host's memory
};

/// What CUDA says of this machine.
struct DeviceList {
  std::vector<DeviceInfo> devices;
  std::string why_none;  ///< "no NVIDIA driver is installed"; empty if there are devices
  bool driver = false;   ///< there is one, whatever it can do
  bool broken = false;   ///< it is too old, or fails: there are none for a reason to be mended
  std::string driver_cuda, runtime_cuda;  ///< newest CUDA of the driver, and ours: "13.0"; or empty
};

/// Asks the driver; takes no memory of any device, and needs neither driver nor device. Local.
DeviceList list_devices();

/// "13.0" of CUDA's 13000.
std::string cuda_version_text(int version);

/// Why a driver of this version cannot run what was built for that runtime, with both versions.
std::string driver_too_old(int driver_version, int runtime_version);

}  // namespace cogmill::gpu
