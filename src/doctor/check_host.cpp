// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/check_host.hpp"

#include "src/pipeline/binding.hpp"
#include "src/report/cgroup.hpp"
#include "src/report/counted.hpp"
#include "src/report/sizes.hpp"
#include "src/report/small_file.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <sstream>
#include <unistd.h>

namespace cogmill::doctor {
namespace {

using report::counted;

/// What the resamplers look at; nothing where the question has no sense.
std::optional<bool> has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return std::nullopt;
#endif
}

/// A line "MemAvailable:  123 kB" of /proc/meminfo [bytes]; 0 if there is none.
std::int64_t meminfo(const std::filesystem::path& root, const std::string& key) {
  std::istringstream in(report::read_small_file(root / "proc/meminfo"));
  for (std::string word; in >> word;) {
    std::int64_t kib = 0;
    constexpr std::int64_t kMost = std::int64_t{1} << 50;
    if (word == key + ":" && in >> kib && kib > 0 && kib < kMost) return kib * 1024;
  }
  return 0;
}

std::string three_digits(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

void add(Finding& finding, const char* key, const nlohmann::json& value, const std::string& text) {
  finding.facts[key] = value;
  finding.text += ", " + text;
}

void add_tasks(Finding& slurm, const Environment& environment) {
  auto nodes = number_in(environment, "SLURM_JOB_NUM_NODES");
  if (!nodes) nodes = number_in(environment, "SLURM_NNODES");  // older
  if (nodes) add(slurm, "nodes", *nodes, counted(*nodes, "node"));
  if (const auto tasks = number_in(environment, "SLURM_NTASKS"))
    add(slurm, "tasks", *tasks, counted(*tasks, "task"));
  if (const auto cpus = number_in(environment, "SLURM_CPUS_PER_TASK"))
    add(slurm, "cpus_per_task", *cpus, counted(*cpus, "CPU") + " per task");
}

void add_gpus(Finding& slurm, const Environment& environment) {
  const std::string per_task = environment("SLURM_GPUS_PER_TASK");  // "2", "h100:2"
  const std::string of_node = environment("SLURM_GPUS_ON_NODE");
  if (!per_task.empty()) add(slurm, "gpus_per_task", per_task, "GPUs per task: " + per_task);
  if (!of_node.empty()) add(slurm, "gpus_of_node", of_node, "GPUs of this node: " + of_node);
}

void add_memory(Finding& slurm, const Environment& environment) {
  const auto bytes_in = [&](const char* name) {
    return std::int64_t{number_in(environment, name).value_or(0)} << 20;  // Slurm counts MiB
  };
  if (const auto bytes = bytes_in("SLURM_MEM_PER_NODE"); bytes > 0)
    add(slurm, "bytes_per_node", bytes, report::format_size(bytes) + " of memory per node");
  if (const auto bytes = bytes_in("SLURM_MEM_PER_CPU"); bytes > 0)
    add(slurm, "bytes_per_cpu", bytes, report::format_size(bytes) + " of memory per CPU");
}

}  // namespace

Finding check_cpu(const report::Machine& machine, const std::filesystem::path& root) {
  const int online = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
  const auto quota = report::read_cgroup_limits(root).cpus;
  Finding cpu{.topic = "CPU", .text = clean(machine.cpu_model) + ", "};
  if (online > machine.logical_cores)
    cpu.text += std::to_string(machine.logical_cores) + " of " + counted(online, "processor");
  else
    cpu.text += counted(machine.logical_cores, "processor");
  cpu.text += " (" + counted(machine.physical_cores, "core") + ")";
  if (quota && *quota < online)
    cpu.text += ", " + three_digits(*quota) + " CPUs' time by its control group";
  cpu.facts = {{"model", clean(machine.cpu_model)},
               {"processors", machine.logical_cores},
               {"cores", machine.physical_cores},
               {"online", online}};
  if (quota) cpu.facts["cgroup_cpus"] = *quota;
  const auto avx2 = has_avx2();
  if (!avx2) return cpu;
  cpu.facts["avx2"] = *avx2;
  if (*avx2)
    cpu.text += ", AVX2";
  else
    cpu.add(Verdict::kNote, "no AVX2: resampling takes longer", "");
  return cpu;
}

Finding check_memory(const report::Machine& machine, const std::filesystem::path& root) {
  Finding memory{.topic = "memory", .of_node = true};
  const std::int64_t total = meminfo(root, "MemTotal");
  const std::int64_t available = meminfo(root, "MemAvailable");
  if (machine.memory_bytes <= 0) {
    memory.add(Verdict::kNote, "the system does not say how much there is",
               "give --memory with every job");
    return memory;
  }
  memory.text = report::format_size(machine.memory_bytes);
  memory.facts = {{"bytes", machine.memory_bytes}, {"machine_bytes", total}};
  if (machine.memory_bytes < total)
    memory.text += " by its control group, of " + report::format_size(total);
  if (available > 0) {
    memory.text += ", {available} available on the machine";
    memory.numbers["available"] = Number::bytes(static_cast<double>(available));
  }
  return memory;
}

std::optional<Finding> check_binding(const report::Machine& machine, const Place& place) {
  if (!pipeline::is_bound_by_mpirun()) return std::nullopt;
  const std::string advice = pipeline::binding_advice(machine, place.local_ranks, std::nullopt);
  if (advice.empty()) return std::nullopt;
  return Finding{.topic = "binding", .verdict = Verdict::kNote, .text = clean(advice)};
}

Finding check_slurm(const report::Machine& machine, const Environment& environment) {
  Finding slurm{.topic = "Slurm", .text = "not under Slurm", .of_node = true};
  const std::string job = environment("SLURM_JOB_ID");
  if (job.empty()) return slurm;
  slurm.text = "job " + job;
  slurm.facts["job"] = job;
  add_tasks(slurm, environment);
  add_gpus(slurm, environment);
  add_memory(slurm, environment);
  if (number_in(environment, "SLURM_CPUS_PER_TASK").value_or(machine.logical_cores) == 1)
    slurm.add(Verdict::kNote, "a task has one CPU",
              "ask sbatch and srun both for more: --cpus-per-task=N, and one task per GPU or node");
  return slurm;
}

}  // namespace cogmill::doctor
