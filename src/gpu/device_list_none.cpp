// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/device_list.hpp"

namespace cogmill::gpu {

DeviceList list_devices() {
  DeviceList list;
  list.why_none = "this cogmill was built without CUDA (COGMILL_CUDA=OFF)";
  return list;
}

}  // namespace cogmill::gpu
