// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/check.hpp"

namespace cogmill::kernels::cuda {

CudaError::CudaError(cudaError_t code, const std::string& what)
    : std::runtime_error("cannot " + what + ": " + cudaGetErrorString(code) + " (" +
                         cudaGetErrorName(code) + ")"),
      code_(code) {}

void check(cudaError_t status, const char* doing) {
  if (status == cudaSuccess) return;
  cudaGetLastError();  // or the next launch would report it again
  if (status == cudaErrorMemoryAllocation) throw OutOfMemory(status, doing);
  throw CudaError(status, doing);
}

void check_launch(const char* kernel) { check(cudaGetLastError(), kernel); }

}  // namespace cogmill::kernels::cuda
