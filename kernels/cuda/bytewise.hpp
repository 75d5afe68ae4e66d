// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/host_device.hpp"

/// Arithmetic on the bytes of a word, each modulo 256: the floating-point predictor of all bytes of
/// an element at once.
namespace cogmill::kernels::cuda {

/// The lower seven bits of every byte.
template <class U>
inline constexpr U kLow7 = static_cast<U>(static_cast<U>(~U{0}) / 255 * 127);

template <class U>
COGMILL_HD inline U add_bytes(U a, U b) {
  const U low = static_cast<U>((a & kLow7<U>)+(b & kLow7<U>));
  return static_cast<U>(low ^ ((a ^ b) & static_cast<U>(~kLow7<U>)));
}
template <class U>
COGMILL_HD inline U subtract_bytes(U a, U b) {
  constexpr U kHigh = static_cast<U>(~kLow7<U>);
  const U low = static_cast<U>((a | kHigh) - (b & kLow7<U>));
  return static_cast<U>(low ^ ((a ^ static_cast<U>(~b)) & kHigh));
}

/// Byte `plane`, 0 being the most significant.
template <class U>
COGMILL_HD inline unsigned char byte_of(U value, unsigned plane) {
  return static_cast<unsigned char>(value >> (8 * (sizeof(U) - 1 - plane)));
}

}  // namespace cogmill::kernels::cuda
