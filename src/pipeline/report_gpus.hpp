// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/run.hpp"
#include "src/pipeline/session.hpp"
#include "src/report/record.hpp"

#include <vector>

namespace cogmill::pipeline {

/// What the devices of all ranks did, on root by rank; empty with backend cpu. *Collective.*
std::vector<report::RunRecord::Gpu> gather_gpus(const Session& session, const Run& run);

}  // namespace cogmill::pipeline
