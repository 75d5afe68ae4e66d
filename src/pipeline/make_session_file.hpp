// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/partial_folder.hpp"
#include "src/pipeline/session.hpp"

namespace cogmill::pipeline {

/// Plans this session's file on `region` for the ranks of `makers`: grid, chunk ranges, memory.
/// Local and pure but for the resident size. @throws report::UsageError, report::RuntimeError
void plan_file(Session& session, const plan::Interpretation& interpretation,
               const partition::Window& region, const exchange::Communicator& makers);

/// Creates the partial folder on root, then every rank's folder for spilled tiles.
/// *Collective over the session's ranks.* @throws exchange::AgreedError
void create_folders(Session& session, PartialFolder& partial);

/// Makes the planned file at `path` with all ranks of `makers`, showing progress on the session's
/// root as `total_tiles` are finished. *Collective over makers.*
void make_session_file(Session& session, const PartialFolder& partial, const std::string& path,
                       std::int64_t total_tiles, exchange::Communicator& makers);

/// For a rank that has no file to make: takes part in what the others do together.
/// *Collective over the session's ranks.*
void skip_session_file(Session& session, std::int64_t total_tiles);

}  // namespace cogmill::pipeline
