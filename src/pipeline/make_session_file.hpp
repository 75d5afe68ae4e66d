// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/partial_folder.hpp"
#include "src/pipeline/job_output.hpp"
#include "src/pipeline/prepare.hpp"
#include "src/pipeline/run.hpp"
#include "src/pipeline/session.hpp"

namespace cogmill::pipeline {

/// Plans this rank's file for all that make it: grid, chunk ranges, memory. A rank that makes none
/// plans all of the image, to say what it would take.
/// Local and pure but for the resident size. @throws report::UsageError, report::RuntimeError
void plan_file(Session& session, const Prepared& prepared, JobOutput& output, Run& run);

/// Creates the partial folder on root, then every rank's folder for spilled tiles.
/// *Collective over the session's ranks.* @throws exchange::AgreedError
void create_folders(const Session& session, io::PartialFolder& partial);

/// Computes and writes this rank's planned file with all that make it, showing progress on the
/// session's root; a rank without a file takes part in what the others do together. All files are
/// complete when this returns, and wait to be published.
/// *Collective over the session's ranks.*
Made make_session_file(Session& session, const Prepared& prepared, const Run& run,
                       const io::PartialFolder& partial, JobOutput& output);

}  // namespace cogmill::pipeline
