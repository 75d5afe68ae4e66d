// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cuda/stream.hpp"
#include "kernels/plane.hpp"

namespace cogmill::kernels::cuda {

/// kernels::convert_plane for planes in device memory: the same pixels.
/// @pre src and dst have one size; the same complex type, or real ones
void convert_plane(ConstPlane src, Plane dst, Stream stream);

}  // namespace cogmill::kernels::cuda
