// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/cuda/exact.hpp"

#include "kernels/ulps_apart.hpp"

#include <algorithm>

namespace cogmill::pipeline {
namespace {

bool is_lanczos(const warp::WarpSetup& warp) {
  return warp.kernel.resampling == kernels::WarpResampling::kLanczos;
}

bool resamples_by_lanczos(const plan::InputUse& use) {
  if (use.warp) return is_lanczos(*use.warp);
  return use.mosaic && std::ranges::any_of(use.mosaic->layers, [](const warp::MosaicLayer& layer) {
           return !layer.place && is_lanczos(layer.warp);
         });
}

}  // namespace

bool device_is_exact(const plan::Operation& operation, const plan::OutputImage& image) {
  if (std::ranges::any_of(operation.inputs, resamples_by_lanczos)) return false;
  if (!operation.program) return kernels::is_integer(image.type);
  return std::ranges::all_of(operation.program->code, [&](const kernels::Instruction& step) {
    return kernels::ulps_apart(step.op, operation.precision) == 0;
  });
}

}  // namespace cogmill::pipeline
