// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/plane.hpp"

#include <type_traits>

namespace cogmill::kernels {

/// Real and imaginary parts of complex pixels as columns: those of pixel c are 2 c and 2 c + 1.
/// @tparam T the type of a part
template <class T, class Byte>
auto parts_of(const BasicPlane<Byte>& plane) {
  using Element = std::conditional_t<std::is_const_v<Byte>, const T, T>;
  return PlaneView<Element>{reinterpret_cast<Element*>(plane.data), 2 * plane.width, plane.height,
                            2 * plane.stride};
}

}  // namespace cogmill::kernels
