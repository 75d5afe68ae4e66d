// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cogmill::report {

/// Highest and present resident size of this process [bytes]; 0 if the system does not say.
std::int64_t peak_rss_bytes();
std::int64_t current_rss_bytes();

/// Files that this process may have open at once (ulimit -n).
std::int64_t open_file_limit();

/// What this process may use of the machine it runs on.
struct Machine {
  std::string hostname;
  std::string cpu_model;          ///< "unknown" if the system does not say
  int logical_cores = 1;          ///< affinity mask, and control group's share rounded down
  int launcher_cores = 0;         ///< the same for the process that started this one; 0: unknown
  int physical_cores = 1;         ///< without hyper-threads; never more than logical_cores
  std::int64_t memory_bytes = 0;  ///< of the machine, or the control group's limit; 0: unknown
  std::vector<std::string> gpus;  ///< models of NVIDIA devices, in bus order; none without driver
  std::string gpu_driver;         ///< "550.54.14", empty without NVIDIA's driver
};

/// Local; reads /proc and /sys only, never starts a GPU.
/// @param root "/", or a copy of the file system for tests
Machine read_machine(const std::filesystem::path& root = "/");

}  // namespace cogmill::report
