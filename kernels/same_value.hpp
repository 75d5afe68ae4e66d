// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

#include <type_traits>

namespace cogmill::kernels {

/// Equality by which NaN is NaN.
template <class T>
COGMILL_HD inline bool same_value(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) return a == b || (a != a && b != b);
  return a == b;
}

}  // namespace cogmill::kernels
