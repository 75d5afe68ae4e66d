// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/prepare.hpp"
#include "src/pipeline/run.hpp"
#include "src/pipeline/session.hpp"

namespace cogmill::pipeline {

/// Decides where the job is computed and says so where the user may wonder: choice, threads, notes.
/// With several ranks on a node the threads keep to the processors near their device. *Collective.*
/// @throws exchange::AgreedError
Run choose_session_backend(const Session& session, const Prepared& prepared);

/// Makes what was chosen: run.backend. A device starts while the job goes on.
/// *Collective.*   @throws exchange::AgreedError
void start_session_backend(const Session& session, Run& run);

/// After the last chunk: what the backend turned out to be. Local.
void finish_session_backend(const Session& session, Run& run);

/// "cpu", or "cuda" with the devices of the ranks.
std::string name_of_backend(const BackendChoice& choice);

}  // namespace cogmill::pipeline
