// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"

namespace cogmill::warp {

/// Alpha to weights 0 .. 1. @pre density is Float32 and shaped as alpha
void to_density(kernels::ConstPlane alpha, kernels::Plane density);

/// Weights to alpha, rounded to nearest. @pre as above
void to_alpha(kernels::ConstPlane density, kernels::Plane alpha);

/// 255 where valid becomes opaque, 0 stays 0.
void validity_to_alpha(kernels::ConstPlane valid, kernels::Plane alpha);

}  // namespace cogmill::warp
