// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/prepare.hpp"
#include "src/pipeline/run.hpp"
#include "src/pipeline/session.hpp"

#include <string>

namespace cogmill::pipeline {

/// What the job would read, compute and take, for a person to read before any pixel is: grid,
/// chunks, ranks, memory and disk. Pure.
std::string describe_plan(const Session& session, const Prepared& prepared, const Run& run);

}  // namespace cogmill::pipeline
