// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/plan/operation.hpp"

namespace cogmill::pipeline {

/// @return whether a device computes this to the very bits of the cores, NaN included: arithmetic
/// without functions of libraries, no Lanczos, and floats only where a program makes one NaN of all
bool device_is_exact(const plan::Operation& operation, const plan::OutputImage& image);

}  // namespace cogmill::pipeline
