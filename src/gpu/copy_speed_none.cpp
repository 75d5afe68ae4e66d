// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/copy_speed.hpp"

#include <stdexcept>

namespace cogmill::gpu {

CopySpeed measure_copy_speed(int /*ordinal*/) {
  throw std::runtime_error("this cogmill was built without CUDA");
}

}  // namespace cogmill::gpu
