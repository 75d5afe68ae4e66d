// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace cogmill::kernels::cuda {

/// A call of CUDA that failed: what was done, and the runtime's reason.
class CudaError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Device or pinned memory that there is not: less may do.
class OutOfMemory : public CudaError {
 public:
  using CudaError::CudaError;
};

}  // namespace cogmill::kernels::cuda
