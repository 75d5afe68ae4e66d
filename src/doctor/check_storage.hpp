// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/doctor/environment.hpp"
#include "src/doctor/file_system.hpp"
#include "src/doctor/finding.hpp"

#include <string>
#include <vector>

namespace cogmill::doctor {

/// What it means that files of a job lie there.
Finding check_file_system(const std::string& path, const FileSystem& system);

/// Looks at each path, for at most 5 s each.
/// @param paths none: the current folder, and TMPDIR if it is set
std::vector<Finding> check_storage(const std::vector<std::string>& paths,
                                   const Environment& environment);

}  // namespace cogmill::doctor
