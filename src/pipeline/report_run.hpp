// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/prepare.hpp"
#include "src/pipeline/run.hpp"
#include "src/pipeline/session.hpp"

namespace cogmill::pipeline {

/// Writes what was asked for (record, trace, quicklook) and the summary line. The output is already
/// complete: a report that cannot be written is the only thing that fails. *Collective.*
/// @throws exchange::AgreedError naming the file
void report_run(const Session& session, const Prepared& prepared, Run& run, const Made& made);

}  // namespace cogmill::pipeline
