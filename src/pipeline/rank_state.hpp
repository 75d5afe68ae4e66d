// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/average_colours.hpp"
#include "src/plan/picture.hpp"
#include "src/plan/plan.hpp"
#include "src/report/trace.hpp"

#include <vector>

namespace cogmill::pipeline {

/// What the stages of one rank read while they make one output file. Outlives all chunks.
struct RankState {
  const plan::Plan& plan;
  report::Trace& trace;
  const plan::PicturePlan* picture = nullptr;  ///< to be picked, or none
  /// By band: the colours that overviews are averages of; empty: they are averages of pixels.
  std::vector<std::vector<kernels::Colour>> colours = {};
};

}  // namespace cogmill::pipeline
