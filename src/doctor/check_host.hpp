// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/doctor/environment.hpp"
#include "src/doctor/finding.hpp"
#include "src/doctor/place.hpp"
#include "src/report/resources.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace cogmill::doctor {

/// Processors this rank may use, and what they can do.
/// @param root "/", or a copy of the file system for tests
Finding check_cpu(const report::Machine& machine, const std::filesystem::path& root = "/");

/// Memory of the node, and how much of it a job may use.
Finding check_memory(const report::Machine& machine, const std::filesystem::path& root = "/");

/// Ranks that mpirun keeps to a part of the node.   @return nothing if they use all of it
std::optional<Finding> check_binding(const report::Machine& machine, const Place& place);

/// What Slurm has given, and whether it is what cogmill can use.
Finding check_slurm(const report::Machine& machine, const Environment& environment);

}  // namespace cogmill::doctor
