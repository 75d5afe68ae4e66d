// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/device_use.hpp"

#include "src/gpu/shared_library.hpp"

#include <algorithm>
#include <unistd.h>

namespace cogmill::gpu {
namespace {

// What is used of nvml.h, whose layouts the driver keeps: newer ones come as new functions.
using Device = struct nvmlDevice*;
struct Memory {
  unsigned long long total, free, used;
};
struct Process {  // of nvmlDeviceGetComputeRunningProcesses_v3
  unsigned int pid;
  unsigned long long memory;
  unsigned int gpu_instance, compute_instance;
};
constexpr int kSuccess = 0;
constexpr int kUp = 1;
constexpr unsigned int kMostLinks = 18;  // of Hopper and Blackwell
constexpr unsigned int kMostProcesses = 256;

/// NVML between its start and its end.
class Nvml {
 public:
  explicit Nvml(const SharedLibrary& library) : library_(library) {
    const auto start = library_.find<int()>("nvmlInit_v2");
    started_ = start != nullptr && start() == kSuccess;
  }
  ~Nvml() {
    const auto end = library_.find<int()>("nvmlShutdown");
    if (started_ && end != nullptr) end();
  }
  Nvml(const Nvml&) = delete;
  Nvml& operator=(const Nvml&) = delete;

  /// nullptr if NVML does not know the device.
  Device find(const DeviceInfo& info) const {
    const auto get = library_.find<int(const char*, Device*)>("nvmlDeviceGetHandleByUUID");
    if (!started_ || get == nullptr) return nullptr;
    // CUDA's text of a slice's number begins as that of a device does.
    const std::string uuid =
        info.mig && info.uuid.starts_with("GPU-") ? "MIG-" + info.uuid.substr(4) : info.uuid;
    Device device = nullptr;
    return get(uuid.c_str(), &device) == kSuccess ? device : nullptr;
  }
  std::optional<std::int64_t> free_bytes(Device device) const {
    const auto get = library_.find<int(Device, Memory*)>("nvmlDeviceGetMemoryInfo");
    Memory memory{};
    if (get == nullptr || get(device, &memory) != kSuccess) return std::nullopt;
    return static_cast<std::int64_t>(std::min(memory.free, memory.total));
  }
  int nvlinks(Device device) const {
    const auto get = library_.find<int(Device, unsigned int, int*)>("nvmlDeviceGetNvLinkState");
    int up = 0;
    for (unsigned int link = 0; get != nullptr && link < kMostLinks; ++link) {
      int state = 0;
      if (get(device, link, &state) == kSuccess && state == kUp) ++up;
    }
    return up;
  }
  std::vector<int> processes(Device device) const {
    const auto get = library_.find<int(Device, unsigned int*, Process*)>(
        "nvmlDeviceGetComputeRunningProcesses_v3");
    std::vector<Process> running(kMostProcesses);
    unsigned int count = kMostProcesses;
    if (get == nullptr || get(device, &count, running.data()) != kSuccess) return {};
    std::vector<int> others;
    for (unsigned int i = 0; i < std::min(count, kMostProcesses); ++i) {
      const auto pid = static_cast<int>(running[i].pid);
      if (pid != ::getpid()) others.push_back(pid);
    }
    return others;
  }

 private:
  const SharedLibrary& library_;
  bool started_ = false;
};

}  // namespace

std::vector<DeviceUse> read_device_use(std::span<const DeviceInfo> devices,
                                       const std::vector<std::string>& library) {
  std::vector<DeviceUse> uses(devices.size());
  if (devices.empty()) return uses;
  const auto opened = SharedLibrary::open(library);
  if (!opened) return uses;
  const Nvml nvml(*opened);
  for (std::size_t i = 0; i < devices.size(); ++i)
    if (const Device device = nvml.find(devices[i])) {
      uses[i].free_bytes = nvml.free_bytes(device);
      uses[i].nvlinks = nvml.nvlinks(device);
      uses[i].processes = nvml.processes(device);
    }
  return uses;
}

}  // namespace cogmill::gpu
