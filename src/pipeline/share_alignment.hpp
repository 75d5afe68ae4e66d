// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/plan/alignment.hpp"

#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Root chooses the output's grid and, for each input, scale factors and the overview to read, and
/// shares them. *Collective.* @param notes receives what the record should say of it
/// @pre job.warp   @throws exchange::AgreedError
plan::Alignment share_alignment(const job::Job& job, const std::vector<io::SceneInfo>& scenes,
                                exchange::Communicator& comm, std::vector<std::string>& notes);

}  // namespace cogmill::pipeline
