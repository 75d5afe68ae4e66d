// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/peer_access.hpp"

#include "kernels/cuda/check.hpp"

#include <cuda_runtime_api.h>

#include <algorithm>

namespace cogmill::gpu {

PeerAccess count_peer_access(int devices) {
  constexpr int kMostDevices = 16;
  PeerAccess access;
  const int count = std::min(devices, kMostDevices);
  for (int from = 0; from < count; ++from)
    for (int to = 0; to < count; ++to) {
      if (from == to) continue;
      int can = 0;
      kernels::cuda::check(cudaDeviceCanAccessPeer(&can, from, to), "ask which GPUs are connected");
      ++access.pairs;
      if (can != 0) ++access.reached;
    }
  return access;
}

}  // namespace cogmill::gpu
