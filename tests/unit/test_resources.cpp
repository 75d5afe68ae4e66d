// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/cgroup.hpp"
#include "src/report/resources.hpp"
#include "tests/support/fake_root.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace cogmill::report {
namespace {

using tests::FakeRoot;

TEST(Machine, ThisOneHasACpuAndMemory) {
  const Machine machine = read_machine();
  EXPECT_FALSE(machine.hostname.empty());
  EXPECT_FALSE(machine.cpu_model.empty());
  EXPECT_GE(machine.logical_cores, machine.physical_cores);
  EXPECT_GE(machine.physical_cores, 1);
  EXPECT_GT(machine.memory_bytes, 1 << 20);
}

TEST(Machine, ReadsModelMemoryAndGpus) {
  FakeRoot root;
  root.add("proc/cpuinfo",
           "processor\t: 0\nmodel\t\t: 106\nmodel name\t: Xeon  Gold\nprocessor\t: 1\n");
  root.add("proc/meminfo", "MemTotal:       131072 kB\nMemFree: 1 kB\n");
  root.add("proc/driver/nvidia/version",
           "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC\n"
           "GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n");
  root.add("proc/driver/nvidia/gpus/0000:81:00.0/information", "Model: \t\t NVIDIA B\nIRQ: 1\n");
  root.add("proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA A\nIRQ: 1\n");
  const Machine machine = read_machine(root.path());
  EXPECT_EQ(machine.cpu_model, "Xeon  Gold");
  EXPECT_EQ(machine.memory_bytes, 131072 * 1024);
  EXPECT_EQ(machine.gpu_driver, "535.104.05");
  EXPECT_EQ(machine.gpus, (std::vector<std::string>{"NVIDIA A", "NVIDIA B"}));
}

TEST(Machine, ReadsTheOpenKernelModulesVersion) {
  FakeRoot root;
  root.add("proc/driver/nvidia/version",
           "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build\n");
  EXPECT_EQ(read_machine(root.path()).gpu_driver, "550.54.14");
}

TEST(Machine, SurvivesAnEmptyFileSystem) {
  const FakeRoot root;
  const Machine machine = read_machine(root.path());
  EXPECT_FALSE(machine.cpu_model.empty());
  EXPECT_EQ(machine.memory_bytes, 0);
  EXPECT_TRUE(machine.gpus.empty());
  EXPECT_EQ(machine.gpu_driver, "");
  EXPECT_GE(machine.physical_cores, 1);
}

TEST(Machine, CountsHyperThreadsOnce) {
  const int logical = read_machine().logical_cores;
  FakeRoot root;
  for (int i = 0; i < 1024; ++i) {  // every processor of this machine a sibling of one core
    const std::string folder = "sys/devices/system/cpu/cpu" + std::to_string(i);
    if (std::filesystem::exists("/" + folder))
      root.add(folder + "/topology/thread_siblings_list", "0-1023\n");
  }
  const Machine machine = read_machine(root.path());
  EXPECT_EQ(machine.physical_cores, 1);
  EXPECT_GE(machine.logical_cores, logical);  // no control group here
}

TEST(Cgroup, Version2TakesTheTightestOfAllLevels) {
  FakeRoot root;
  root.add("proc/self/cgroup", "0::/slurm/job7\n");
  root.add("sys/fs/cgroup/slurm/job7/cpu.max", "250000 100000\n");
  root.add("sys/fs/cgroup/slurm/job7/memory.max", "max\n");
  root.add("sys/fs/cgroup/slurm/cpu.max", "800000 100000\n");
  root.add("sys/fs/cgroup/slurm/memory.max", "8000000000\n");
  root.add("sys/fs/cgroup/cpu.max", "max 100000\n");
  root.add("sys/fs/cgroup/memory.max", "9000000000\n");
  const CgroupLimits limits = read_cgroup_limits(root.path());
  EXPECT_EQ(limits.cpus, 2.5);
  EXPECT_EQ(limits.memory_bytes, 8000000000);
}

TEST(Cgroup, InsideAContainerTheMountIsTheGroup) {
  FakeRoot root;
  root.add("proc/self/cgroup", "0::/../../outside\n");
  root.add("sys/fs/cgroup/cpu.max", "50000 100000\n");
  EXPECT_EQ(read_cgroup_limits(root.path()).cpus, 0.5);
  EXPECT_EQ(read_machine(root.path()).logical_cores, 1);  // half a core is still one
}

TEST(Cgroup, Version1) {
  FakeRoot root;
  root.add("proc/self/cgroup", "4:memory:/job\n3:cpu,cpuacct:/job\n");
  root.add("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "300000\n");
  root.add("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  root.add("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  root.add("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  root.add("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "4096000\n");
  root.add("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  const CgroupLimits limits = read_cgroup_limits(root.path());
  EXPECT_EQ(limits.cpus, 3.0);
  EXPECT_EQ(limits.memory_bytes, 4096000);
}

TEST(Cgroup, NonsenseIsNoLimit) {
  FakeRoot root;
  root.add("proc/self/cgroup", "garbage\n0::/a\n:\n");
  root.add("sys/fs/cgroup/a/cpu.max", "fast\n");
  root.add("sys/fs/cgroup/a/memory.max", "\n");
  const CgroupLimits limits = read_cgroup_limits(root.path());
  EXPECT_EQ(limits.cpus, std::nullopt);
  EXPECT_EQ(limits.memory_bytes, std::nullopt);
}

TEST(Rss, PeakCoversWhatWasUsed) {
  constexpr std::size_t kBytes = std::size_t{64} << 20;
  const std::int64_t before = current_rss_bytes();
  EXPECT_GT(before, 0);
  {
    std::vector<char> block(kBytes);
    std::fill(block.begin(), block.end(), 'x');
    EXPECT_GE(current_rss_bytes(), before + static_cast<std::int64_t>(kBytes) / 2);
    EXPECT_EQ(block[kBytes / 2], 'x');
  }
  EXPECT_GE(peak_rss_bytes(), before + static_cast<std::int64_t>(kBytes) / 2);
}

}  // namespace
}  // namespace cogmill::report
