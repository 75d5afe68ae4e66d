// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/convert_pixel.hpp"
#include "kernels/host_device.hpp"
#include "kernels/pixel_ops.hpp"

/// How pixels enter and leave a program's registers.
namespace cogmill::kernels {

/// @param hole the pixel without data
template <class T, class P>
COGMILL_HD inline T number_of(P pixel, P hole) {
  const T value = static_cast<T>(pixel);
  return pixel == hole ? ops::kNaN<T> : value;
}

/// Every NaN becomes the same bytes, so that the file does not tell which one it was.
template <class P, class T>
COGMILL_HD inline P pixel_of(T number, P hole) {
  const P value = convert_pixel<P>(number);
  return ops::is_nan(number) ? hole : value;
}

}  // namespace cogmill::kernels
