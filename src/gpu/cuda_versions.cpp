// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/device_list.hpp"

namespace cogmill::gpu {

std::string cuda_version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string driver_too_old(int driver_version, int runtime_version) {
  return "the NVIDIA driver is too old: it knows CUDA up to " + cuda_version_text(driver_version) +
         ", and this cogmill needs " + cuda_version_text(runtime_version) + "; update the driver";
}

}  // namespace cogmill::gpu
