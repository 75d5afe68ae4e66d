// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace cogmill::gpu {

/// How fast one device starts and copies, as this process sees it. Rates are of 1e9 bytes.
struct CopySpeed {
  double start_seconds = 0;  ///< what the first use of the device took, its context
  double to_device = 0;      ///< from pinned memory [GB/s]
  double from_device = 0;    ///< to pinned memory [GB/s]
  double both_ways = 0;      ///< at the same time, the sum of both directions [GB/s]
};

/// Starts a device and copies 64 MiB a few times: less than half a second, unless it is very slow.
/// Blocks. @param ordinal as list_devices() numbers them
/// @throws kernels::cuda::CudaError; std::runtime_error in a build without CUDA
CopySpeed measure_copy_speed(int ordinal);

}  // namespace cogmill::gpu
