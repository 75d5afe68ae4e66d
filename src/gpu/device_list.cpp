// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/device_list.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

#include <cstdio>
#include <cstdlib>

namespace cogmill::gpu {
namespace {

using kernels::cuda::check;

/// As nvidia-smi writes it. A MIG slice has a UUID of its own here.
std::string uuid_text(const cudaUUID_t& uuid) {
  std::string text = "GPU";
  for (int i = 0; i < 16; ++i) {
    char byte[4];
    std::snprintf(byte, sizeof byte, "%02x", static_cast<unsigned char>(uuid.bytes[i]));
    if (i == 0 || i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += byte;
  }
  return text;
}

DeviceInfo describe(int ordinal) {
  cudaDeviceProp properties{};
  check(cudaGetDeviceProperties(&properties, ordinal), "ask for a GPU's properties");
  DeviceInfo info;
  info.ordinal = ordinal;
  info.name = properties.name;
  info.uuid = uuid_text(properties.uuid);
  char pci[32] = {};
  check(cudaDeviceGetPCIBusId(pci, sizeof pci, ordinal), "ask where a GPU sits");
  info.pci = pci;
  info.major = properties.major;
  info.minor = properties.minor;
  info.multiprocessors = properties.multiProcessorCount;
  info.memory_bytes = static_cast<std::int64_t>(properties.totalGlobalMem);
  info.mig = info.name.find(" MIG ") != std::string::npos;
  info.integrated = properties.integrated != 0;
  return info;
}

std::string reason(cudaError_t status, int driver_version, int runtime_version) {
  if (driver_version == 0) return "no NVIDIA driver is installed here, or it is not loaded";
  if (status == cudaErrorInsufficientDriver) return driver_too_old(driver_version, runtime_version);
  if (status == cudaErrorNoDevice || status == cudaSuccess) {
    const char* visible = std::getenv("CUDA_VISIBLE_DEVICES");
    return visible == nullptr
               ? std::string("the driver shows no GPU")
               : "no GPU is visible: CUDA_VISIBLE_DEVICES is '" + std::string(visible) + "'";
  }
  return std::string("the GPU cannot be used: ") + cudaGetErrorString(status) + " (" +
         cudaGetErrorName(status) + ")";
}

}  // namespace

DeviceList list_devices() {
  DeviceList list;
  int driver = 0, runtime = 0, count = 0;
  check(cudaRuntimeGetVersion(&runtime), "ask for CUDA's version");
  if (cudaDriverGetVersion(&driver) != cudaSuccess) driver = 0;
  list.driver = driver > 0;
  list.runtime_cuda = cuda_version_text(runtime);
  if (driver > 0) list.driver_cuda = cuda_version_text(driver);
  const cudaError_t status = cudaGetDeviceCount(&count);
  if (status != cudaSuccess || count == 0) {
    cudaGetLastError();
    list.why_none = reason(status, driver, runtime);
    list.broken = list.driver && status != cudaErrorNoDevice && status != cudaSuccess;
    return list;
  }
  for (int i = 0; i < count; ++i) list.devices.push_back(describe(i));
  return list;
}

}  // namespace cogmill::gpu
