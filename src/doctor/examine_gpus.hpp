// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/doctor/finding.hpp"
#include "src/doctor/place.hpp"
#include "src/exchange/communicator.hpp"
#include "src/report/resources.hpp"

#include <vector>

namespace cogmill::doctor {

/// Driver, devices, which of them this rank takes, and how fast it copies. All ranks measure at the
/// same time, as they copy in a job; of those that share a device the first. *Collective over
/// comm.*
std::vector<Finding> examine_gpus(const report::Machine& machine, const Place& place,
                                  exchange::Communicator& comm);

}  // namespace cogmill::doctor
