// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/resources.hpp"

#include "src/report/cgroup.hpp"
#include "src/report/one_line.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <fstream>
#include <memory>
#include <sched.h>
#include <set>
#include <sstream>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <system_error>
#include <unistd.h>

namespace cogmill::report {
namespace {

namespace fs = std::filesystem;

/// The value of the first line "KEY : value" of a file, or empty.
std::string value_of(const fs::path& file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(key)) continue;
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    const auto begin = line.find_first_not_of(" \t", colon + 1);
    return begin == std::string::npos ? std::string() : one_line(line.substr(begin));
  }
  return {};
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

std::string read_cpu_model(const fs::path& root) {
  std::string model = value_of(root / "proc/cpuinfo", "model name");
  if (!model.empty()) return model;
  utsname system{};  // Arm's cpuinfo has no model name
  return ::uname(&system) == 0 ? system.machine : "unknown";
}

/// Numbers of the processors in the affinity mask of a process, however many the machine has; none
/// if the system does not say. @param process 0: this one
std::vector<int> allowed_processors(::pid_t process) {
  for (int capacity = 1024; capacity <= 1 << 20; capacity *= 2) {
    const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)> set(
        CPU_ALLOC(static_cast<std::size_t>(capacity)), [](cpu_set_t* s) { CPU_FREE(s); });
    const std::size_t bytes = CPU_ALLOC_SIZE(static_cast<std::size_t>(capacity));
    if (!set) break;
    if (::sched_getaffinity(process, bytes, set.get()) != 0) {
      if (errno == EINVAL) continue;  // the mask does not fit
      break;
    }
    std::vector<int> processors;
    for (int i = 0; i < capacity; ++i)
      if (CPU_ISSET_S(static_cast<std::size_t>(i), bytes, set.get())) processors.push_back(i);
    return processors;
  }
  return {};
}

/// What the control group leaves of so many processors.
int within_limit(std::size_t processors, const CgroupLimits& limits) {
  const int count = static_cast<int>(processors);
  if (!limits.cpus || *limits.cpus >= count) return count;
  return std::max(1, static_cast<int>(*limits.cpus));
}

/// Processors that share a core list the same siblings.
int count_physical(const fs::path& root, const std::vector<int>& processors) {
  std::set<std::string> cores;
  for (const int processor : processors) {
    const std::string name = "cpu" + std::to_string(processor);
    std::ifstream in(root / "sys/devices/system/cpu" / name / "topology/thread_siblings_list");
    std::string siblings;
    std::getline(in, siblings);
    cores.insert(siblings.empty() ? name : siblings);
  }
  return static_cast<int>(cores.size());
}

std::int64_t total_memory(const fs::path& root) {
  std::istringstream in(value_of(root / "proc/meminfo", "MemTotal"));  // "131072 kB"
  std::int64_t kib = 0;
  in >> kib;
  return in ? kib * 1024 : 0;
}

/// The version in "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22 ...": the
/// first word of digits and dots.
std::string nvidia_driver(const fs::path& root) {
  std::istringstream words(value_of(root / "proc/driver/nvidia/version", "NVRM version"));
  for (std::string word; words >> word;) {
    const bool number = word.find_first_not_of("0123456789.") == std::string::npos;
    if (number && word.find('.') != std::string::npos) return word;
  }
  return {};
}

std::vector<std::string> nvidia_gpus(const fs::path& root) {
  std::vector<fs::path> folders;
  std::error_code error;
  fs::directory_iterator entry(root / "proc/driver/nvidia/gpus", error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error))
    folders.push_back(entry->path());
  std::sort(folders.begin(), folders.end());
  std::vector<std::string> models;
  for (const fs::path& folder : folders) {
    const std::string model = value_of(folder / "information", "Model");
    models.push_back(model.empty() ? "unknown NVIDIA GPU" : model);
  }
  return models;
}

}  // namespace

std::int64_t peak_rss_bytes() {
  // Not getrusage's ru_maxrss: that begins with the peak of the process that started this one.
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;) {
    std::int64_t kibibytes = 0;
    if (word == "VmHWM:" && in >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

std::int64_t current_rss_bytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t size_pages = 0, resident_pages = 0;
  in >> size_pages >> resident_pages;
  return in ? resident_pages * ::sysconf(_SC_PAGESIZE) : 0;
}

std::int64_t open_file_limit() {
  constexpr std::int64_t kUnknown = 1024;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return kUnknown;
  return static_cast<std::int64_t>(std::min<rlim_t>(limit.rlim_cur, rlim_t{1} << 30));
}

Machine read_machine(const fs::path& root) {
  Machine machine;
  machine.hostname = host_name();
  machine.cpu_model = read_cpu_model(root);
  std::vector<int> processors = allowed_processors(0);
  if (processors.empty()) processors = {0};
  const CgroupLimits limits = read_cgroup_limits(root);
  machine.logical_cores = within_limit(processors.size(), limits);
  machine.launcher_cores = within_limit(allowed_processors(::getppid()).size(), limits);
  machine.physical_cores = std::min(machine.logical_cores, count_physical(root, processors));
  machine.memory_bytes = total_memory(root);
  if (limits.memory_bytes &&
      (machine.memory_bytes == 0 || *limits.memory_bytes < machine.memory_bytes))
    machine.memory_bytes = *limits.memory_bytes;
  machine.gpus = nvidia_gpus(root);
  machine.gpu_driver = nvidia_driver(root);
  return machine;
}

}  // namespace cogmill::report
