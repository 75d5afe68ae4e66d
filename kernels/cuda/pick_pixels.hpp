// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/pick_pixels.hpp"

namespace cogmill::kernels::cuda {

/// kernels::pick_pixels for planes in device memory. Asynchronous on `stream`.
void pick_pixels(const PickPart& part, ConstPlane from, Plane to, Stream stream);

}  // namespace cogmill::kernels::cuda
