// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"

#include <vector>

namespace cogmill::pipeline {

/// Root reads the metadata of all inputs and shares it: one open per file, whatever the number of
/// ranks. *Collective.* @throws exchange::AgreedError if one cannot be read
std::vector<io::SceneInfo> share_scenes(const job::Job& job, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
