// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/errors.hpp"

#include <cuda_runtime_api.h>

namespace cogmill::kernels::cuda {

/// The one place where CUDA's status is looked at.   @param doing "copy tiles from the GPU"
/// @throws OutOfMemory, CudaError
void check(cudaError_t status, const char* doing);

/// Whether the kernel that was just launched could be. Its own errors come with the stream.
void check_launch(const char* kernel);

}  // namespace cogmill::kernels::cuda
