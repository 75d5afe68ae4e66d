// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/doctor/merge.hpp"
#include "src/exchange/communicator.hpp"

#include <string>
#include <vector>

namespace cogmill::doctor {

/// What there is to say of a job's nodes.
struct Diagnosis {
  std::vector<RankReport> ranks;  ///< on root those of all, by rank; elsewhere none
  Verdict worst = Verdict::kOk;   ///< of all ranks, on every rank
};

/// Looks at everything that cogmill uses, from every rank. Takes about a second where there is a
/// GPU. *Collective over comm.*   @param paths none: the current folder, and TMPDIR
Diagnosis diagnose(const std::vector<std::string>& paths, exchange::Communicator& comm);

}  // namespace cogmill::doctor
