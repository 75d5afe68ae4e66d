// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/evaluate.hpp"
#include "kernels/pixel_ops.hpp"

namespace cogmill::kernels {

/// @return how far the device's result of one operation may be from the host's [units in the last
/// place]; 0: the same bits, as with numbers that are only brought into a register
inline int ulps_apart(Op op, Precision precision) {
  int apart = 0;
  ops::visit(op, [&](auto functor) {
    apart = precision == Precision::kFloat32 ? functor.kUlps.float32 : functor.kUlps.float64;
  });
  return apart;
}

}  // namespace cogmill::kernels
