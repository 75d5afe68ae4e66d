// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <stdexcept>
#include <string>

namespace cogmill::kernels::cuda {

/// A call of CUDA that failed: what was done, and the runtime's reason.
class CudaError : public std::runtime_error {
 public:
  CudaError(cudaError_t code, const std::string& what);
  cudaError_t code() const { return code_; }

 private:
  cudaError_t code_;
};

/// Device or pinned memory that there is not: less may do.
class OutOfMemory : public CudaError {
 public:
  using CudaError::CudaError;
};

/// The one place where CUDA's status is looked at.   @param doing "copy tiles from the GPU"
/// @throws OutOfMemory, CudaError
void check(cudaError_t status, const char* doing);

/// Whether the kernel that was just launched could be. Its own errors come with the stream.
void check_launch(const char* kernel);

}  // namespace cogmill::kernels::cuda
