// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/cuda_exact.hpp"

#include "kernels/cuda/evaluate.hpp"

#include <algorithm>

namespace cogmill::pipeline {

bool resamples_by_lanczos(const plan::Operation& operation) {
  return std::ranges::any_of(operation.inputs, [](const plan::InputUse& use) {
    return use.warp && use.warp->kernel.resampling == kernels::WarpResampling::kLanczos;
  });
}

bool device_is_exact(const plan::Operation& operation, const plan::OutputImage& image) {
  if (resamples_by_lanczos(operation)) return false;
  if (!operation.program) return kernels::is_integer(image.type);
  return std::ranges::all_of(operation.program->code, [&](const kernels::Instruction& step) {
    return kernels::cuda::ulps_apart(step.op, operation.precision) == 0;
  });
}

}  // namespace cogmill::pipeline
