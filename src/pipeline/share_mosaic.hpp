// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/pipeline/prepare.hpp"
#include "src/plan/operation.hpp"

namespace cogmill::pipeline {

/// Finds the sources of a mosaic, reads their metadata with all ranks, and lays them out on one
/// grid: the interpretation's only input. session.scenes becomes the first source, which stands for
/// all where one has to (colours, metadata), and session.notes are added to. *Collective.*
/// @pre job.mosaic   @throws exchange::AgreedError, report::UsageError
Prepared share_mosaic(Session& session);

}  // namespace cogmill::pipeline
