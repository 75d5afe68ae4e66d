// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/cuda/backend.hpp"
#include "src/report/error.hpp"

namespace cogmill::pipeline {

std::unique_ptr<Backend> make_cuda_backend(const BackendChoice& /*choice*/,
                                           std::optional<std::int64_t> /*gpu_memory*/,
                                           int /*threads*/) {
  throw report::RuntimeError("this cogmill was built without CUDA");  // nobody chooses it then
}

}  // namespace cogmill::pipeline
