// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/check_host.hpp"
#include "src/doctor/check_software.hpp"
#include "tests/support/fake_root.hpp"

#include <gtest/gtest.h>

#include <map>

namespace cogmill::doctor {
namespace {

Environment variables(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
}

report::Machine machine(int cores) {
  report::Machine m;
  m.cpu_model = "Xeon";
  m.logical_cores = cores;
  m.physical_cores = cores;
  m.memory_bytes = 64'000'000'000;
  return m;
}

exchange::MpiFacts mpi(bool running) {
  return {"Open MPI v4.1.4", running, running ? "MPI_THREAD_SERIALIZED" : "", std::nullopt};
}

TEST(NumberIn, TakesWholeNumbersOnly) {
  const auto of = [](const std::string& text) { return number_in(variables({{"X", text}}), "X"); };
  EXPECT_EQ(of("16"), 16);
  for (const char* text : {"", "16(x2)", "-1", "99999999999", "a", " 1", "1 "})
    EXPECT_EQ(of(text), std::nullopt) << text;
}

TEST(CheckSlurm, NotUnderIt) {
  EXPECT_EQ(check_slurm(machine(4), variables({})).text, "not under Slurm");
}

TEST(CheckSlurm, SaysWhatThereIs) {
  const Finding found = check_slurm(machine(16), variables({{"SLURM_JOB_ID", "77"},
                                                            {"SLURM_NNODES", "2"},
                                                            {"SLURM_NTASKS", "8"},
                                                            {"SLURM_CPUS_PER_TASK", "16"},
                                                            {"SLURM_GPUS_PER_TASK", "h100:1"},
                                                            {"SLURM_MEM_PER_NODE", "1024"}}));
  EXPECT_EQ(found.verdict, Verdict::kOk);
  EXPECT_EQ(found.text,
            "job 77, 2 nodes, 8 tasks, 16 CPUs per task, GPUs per task: h100:1, 1.07 GB of memory "
            "per node");
}

TEST(CheckSlurm, OneCpuPerTaskIsNoted) {
  const Finding one =
      check_slurm(machine(4), variables({{"SLURM_JOB_ID", "77"}, {"SLURM_CPUS_PER_TASK", "1"}}));
  EXPECT_EQ(one.verdict, Verdict::kNote);
  EXPECT_NE(one.advice.find("--cpus-per-task"), std::string::npos);
  EXPECT_EQ(check_slurm(machine(1), variables({{"SLURM_JOB_ID", "7"}})).verdict, Verdict::kNote);
  EXPECT_EQ(check_slurm(machine(8), variables({{"SLURM_JOB_ID", "7"}})).verdict, Verdict::kOk);
}

TEST(CheckSlurm, NonsenseIsLeftOut) {
  const Finding found = check_slurm(machine(2), variables({{"SLURM_JOB_ID", "7"},
                                                           {"SLURM_NTASKS", "many"},
                                                           {"SLURM_MEM_PER_NODE", "-5"},
                                                           {"SLURM_NNODES", "1e9"}}));
  EXPECT_EQ(found.text, "job 7");
}

TEST(CheckMpi, RanksThatDoNotKnowOneAnotherAreAProblem) {
  const Place alone{"n07"};
  const Finding srun = check_mpi(mpi(false), alone, variables({{"SLURM_STEP_NUM_TASKS", "4"}}));
  EXPECT_EQ(srun.verdict, Verdict::kProblem);
  EXPECT_NE(srun.advice.find("srun --mpi=pmix"), std::string::npos);
  EXPECT_EQ(check_mpi(mpi(true), alone, variables({{"PMI_SIZE", "2"}})).verdict, Verdict::kProblem);
  EXPECT_EQ(check_mpi(mpi(true), alone,
                      variables({{"OMPI_COMM_WORLD_SIZE", "1"}, {"SLURM_STEP_NUM_TASKS", "4"}}))
                .verdict,
            Verdict::kOk);
  EXPECT_EQ(check_mpi(mpi(false), alone, variables({})).verdict, Verdict::kOk);
}

TEST(CheckMemory, TellsTheControlGroupsShare) {
  tests::FakeRoot root;
  root.add("proc/meminfo", "MemTotal: 128000000 kB\nMemAvailable: 1000000 kB\n");
  EXPECT_EQ(check_memory(machine(4), root.path()).filled(),
            "64.0 GB by its control group, of 131 GB, 1.02 GB available on the machine");
  report::Machine unknown;
  EXPECT_EQ(check_memory(unknown, root.path()).verdict, Verdict::kNote);
  root.add("proc/meminfo", "MemTotal: x\nMemAvailable: 99999999999999999999 kB\n");
  EXPECT_EQ(check_memory(machine(4), root.path()).filled(), "64.0 GB");
}

TEST(CheckCpu, TellsTheControlGroupsShare) {
  tests::FakeRoot root;
  root.add("proc/self/cgroup", "0::/\n");
  root.add("sys/fs/cgroup/cpu.max", "50000 100000\n");
  const Finding found = check_cpu(machine(1), root.path());
  EXPECT_NE(found.text.find("0.5 CPUs' time"), std::string::npos) << found.text;
}

TEST(CheckGdal, MissingPartsAreNamed) {
  EXPECT_EQ(check_gdal({"3.9.0", true, "/data", {"GTiff"}, {}, {}}).verdict, Verdict::kOk);
  EXPECT_EQ(check_gdal({"3.9.0", true, "/data", {"GTiff"}, {"GPKG"}, {}}).verdict, Verdict::kNote);
  EXPECT_EQ(check_gdal({"3.9.0", true, "/data", {}, {"VRT"}, {"VRT"}}).verdict, Verdict::kProblem);
  EXPECT_EQ(check_gdal({"3.4.0", false, "/data", {}, {}, {}}).verdict, Verdict::kProblem);
  EXPECT_EQ(check_gdal({"3.9.0", true, "", {}, {}, {}}).verdict, Verdict::kNote);
}

TEST(CheckProj, ADatabaseThatDoesNotFitIsAProblem) {
  EXPECT_EQ(check_proj({"9.1.1", "/proj.db", "", false, 12, "/grids"}).verdict, Verdict::kOk);
  EXPECT_EQ(check_proj({"9.1.1", "/proj.db", "", true, 0, ""}).verdict, Verdict::kOk);
  EXPECT_EQ(check_proj({"9.1.1", "/proj.db", "", false, 0, ""}).verdict, Verdict::kNote);
  EXPECT_EQ(check_proj({"9.1.1", "", "no", false, 0, ""}).verdict, Verdict::kProblem);
  EXPECT_EQ(check_proj({"9.1.1", "/proj.db", "no", false, 1, "/g"}).verdict, Verdict::kProblem);
}

}  // namespace
}  // namespace cogmill::doctor
