// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/cgroup.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace cogmill::report {
namespace {

namespace fs = std::filesystem;

/// A word of a control file as a positive number; "max", -1 and nonsense are none.
std::optional<double> positive(const std::string& word) {
  std::istringstream in(word);
  double value = 0;
  if (!(in >> value) || value <= 0) return std::nullopt;
  return value;
}

std::optional<double> read_positive(const fs::path& file) {
  std::ifstream in(file);
  std::string word;
  in >> word;
  return positive(word);
}

void tighten_cpus(CgroupLimits& limits, std::optional<double> quota, std::optional<double> period) {
  if (!quota || !period) return;
  const double cpus = *quota / *period;
  limits.cpus = limits.cpus ? std::min(*limits.cpus, cpus) : cpus;
}

void tighten_memory(CgroupLimits& limits, std::optional<double> bytes) {
  constexpr double kUnlimited = 9.0e18;  // version 1 says "no limit" as 2^63 less a page
  if (!bytes || *bytes >= kUnlimited) return;
  const auto whole = static_cast<std::int64_t>(*bytes);
  limits.memory_bytes = limits.memory_bytes ? std::min(*limits.memory_bytes, whole) : whole;
}

void read_folder(CgroupLimits& limits, const fs::path& folder) {
  std::ifstream cpu_max(folder / "cpu.max");  // "200000 100000" or "max 100000"
  std::string quota, period;
  cpu_max >> quota >> period;
  tighten_cpus(limits, positive(quota), positive(period));
  tighten_cpus(limits, read_positive(folder / "cpu.cfs_quota_us"),
               read_positive(folder / "cpu.cfs_period_us"));
  tighten_memory(limits, read_positive(folder / "memory.max"));
  tighten_memory(limits, read_positive(folder / "memory.limit_in_bytes"));
}

/// Reads the group's folder and all above it. Inside a container the path may name folders that are
/// not mounted; the mount's root is then the container's own group.
void read_upwards(CgroupLimits& limits, const fs::path& mount, fs::path group) {
  group = group.relative_path();
  while (!group.empty()) {
    read_folder(limits, mount / group);
    group = group.parent_path();
  }
  read_folder(limits, mount);
}

}  // namespace

CgroupLimits read_cgroup_limits(const fs::path& root) {
  CgroupLimits limits;
  std::ifstream membership(root / "proc/self/cgroup");  // lines "4:memory:/group", "0::/group"
  for (std::string line; std::getline(membership, line);) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    read_upwards(limits, root / "sys/fs/cgroup" / controllers, line.substr(second + 1));
  }
  return limits;
}

}  // namespace cogmill::report
