// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/plan/plan.hpp"

#include <vector>

namespace cogmill::pipeline {

/// Which part of each chunk of round 0 has a source, 0 .. 1, from a few positions in each: what is
/// beyond all sources costs almost nothing. Empty where no input is warped. Local, same on all
/// ranks.
std::vector<double> chunk_coverage(const plan::Plan& plan);

}  // namespace cogmill::pipeline
