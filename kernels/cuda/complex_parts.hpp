// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/plane.hpp"

/// What warp::ComplexParts does, for planes in device memory. Asynchronous on their stream.
namespace cogmill::kernels::cuda {

void take_part(ConstPlane pixels, int part, Plane to, Stream stream);
void put_part(ConstPlane from, ConstPlane valid, int part, Plane pixels, Stream stream);

}  // namespace cogmill::kernels::cuda
