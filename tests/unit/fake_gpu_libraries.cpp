// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
// The functions of NVML, NCCL and nvCOMP that cogmill asks, as one library for tests.
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <unistd.h>

namespace {

struct Process {
  unsigned int pid;
  unsigned long long memory;
  unsigned int gpu_instance, compute_instance;
};
static_assert(sizeof(Process) == 24);
int started = 0;

}  // namespace

extern "C" {

struct nvmlDevice {
  const char* uuid;
};

int nvmlInit_v2() { return ++started, 0; }
int nvmlShutdown() { return --started, 0; }
int fake_nvml_started() { return started; }

int nvmlDeviceGetHandleByUUID(const char* uuid, nvmlDevice** device) {
  static nvmlDevice whole{"GPU-1"}, slice{"MIG-2"};
  for (nvmlDevice* d : {&whole, &slice})
    if (std::strcmp(uuid, d->uuid) == 0) return *device = d, 0;
  return 6;  // not found
}

int nvmlDeviceGetMemoryInfo(nvmlDevice* device, unsigned long long* memory) {
  memory[0] = 1000;  // total, free, used; a driver that says nonsense of the slice
  memory[1] = device->uuid[0] == 'G' ? 600 : ~0ULL;
  return 0;
}

int nvmlDeviceGetNvLinkState(nvmlDevice* device, unsigned int link, int* state) {
  if (device->uuid[0] != 'G') return 3;  // not supported
  *state = link < 4 ? 1 : 0;
  return 0;
}

int nvmlDeviceGetComputeRunningProcesses_v3(nvmlDevice* device, unsigned int* count,
                                            Process* processes) {
  if (device->uuid[0] != 'G') return 3;
  processes[0] = {static_cast<unsigned int>(getpid()), 10, 0, 0};
  processes[1] = {4242, 10, 0, 0};
  *count = 2;
  return 0;
}

int ncclGetVersion(int* version) { return *version = 22809, 0; }
int nvcompGetProperties(void* properties) {
  const std::uint32_t values[] = {5300, 13000};
  std::memcpy(properties, values, sizeof values);
  return 0;
}
}
