// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/job/job.hpp"

namespace cogmill::pipeline {

/// Root makes sure that the output can be made before anything is read: it does not exist (or may
/// be overwritten), is no input, and its folder is there. *Collective.*
/// @throws exchange::AgreedError
void check_output(const job::Job& job, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
