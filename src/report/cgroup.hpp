// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace cogmill::report {

/// What the control groups of this process allow it, the tightest of its own and all above.
struct CgroupLimits {
  std::optional<double> cpus;  ///< cores' worth of time
  std::optional<std::int64_t> memory_bytes;
};

/// Reads control groups version 1 and 2. Unreadable files count as no limit.
/// @param root "/", or a copy of the file system for tests
CgroupLimits read_cgroup_limits(const std::filesystem::path& root);

}  // namespace cogmill::report
