// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

namespace cogmill::kernels {

/// @return *at, of memory that nobody writes while a kernel runs: the device may then move the
/// load in front of stores to other memory
template <class T>
COGMILL_HD inline T fetched(const T* at) {
#ifdef __CUDA_ARCH__
  return __ldg(at);
#else
  return *at;
#endif
}

}  // namespace cogmill::kernels
