// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/check.hpp"

#include <string>

namespace cogmill::kernels::cuda {

void check(cudaError_t status, const char* doing) {
  if (status == cudaSuccess) return;
  cudaGetLastError();  // or the next launch would report it again
  const std::string text = std::string("cannot ") + doing + ": " + cudaGetErrorString(status) +
                           " (" + cudaGetErrorName(status) + ")";
  if (status == cudaErrorMemoryAllocation) throw OutOfMemory(text);
  throw CudaError(text);
}

void check_launch(const char* kernel) { check(cudaGetLastError(), kernel); }

}  // namespace cogmill::kernels::cuda
