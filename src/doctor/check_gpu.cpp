// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/check_gpu.hpp"

#include "src/gpu/architectures.hpp"
#include "src/report/sizes.hpp"

#include <algorithm>

namespace cogmill::doctor {
namespace {

std::string title(const gpu::DeviceInfo& device) {
  return clean(device.pci) + ", " + clean(device.name);
}

void judge_capability(Finding& finding, const gpu::DeviceInfo& device,
                      const std::string& architectures) {
  const std::string hide = "leave it out with CUDA_VISIBLE_DEVICES";
  if (device.major * 10 + device.minor < gpu::kLeastCapability) {
    finding.add(Verdict::kProblem, "cogmill needs compute capability 7.5 or newer", hide);
    return;
  }
  const gpu::Runs runs = gpu::runs_on(architectures, device.major, device.minor);
  if (runs == gpu::Runs::kNo)
    finding.add(Verdict::kProblem, "this cogmill is built for " + architectures + " only",
                "build it with -DCOGMILL_CUDA_ARCHITECTURES=" + std::to_string(device.major) +
                    std::to_string(device.minor) + "-real, or " + hide);
  if (runs == gpu::Runs::kCompiled)
    finding.add(Verdict::kNote, "the driver compiles the kernels when they are first used",
                "build with -DCOGMILL_CUDA_ARCHITECTURES=" + std::to_string(device.major) +
                    std::to_string(device.minor) + "-real for a quicker start");
}

void judge_link(Finding& finding, const gpu::PciSlot& slot) {
  const std::string best = slot.best.text(), now = slot.now.text();
  finding.facts["link"] = {{"best", best}, {"now", now}};
  if (!best.empty()) finding.text += ", " + best;
  if (!now.empty() && now != best) finding.text += (best.empty() ? ", " : ", now ") + now;
  if (slot.now.lanes > 0 && slot.now.lanes < slot.best.lanes)
    finding.add(Verdict::kNote,
                "its slot uses " + std::to_string(slot.now.lanes) + " of " +
                    std::to_string(slot.best.lanes) + " lanes",
                "copies are slower for it: see whether another slot is wider");
}

void judge_use(Finding& finding, const gpu::DeviceUse& use) {
  finding.facts["processes"] = use.processes;
  if (use.processes.empty()) return;
  const bool one = use.processes.size() == 1;
  finding.add(Verdict::kNote,
              std::to_string(use.processes.size()) +
                  (one ? " other process computes" : " other processes compute") + " on it",
              "they take memory and time from cogmill: see nvidia-smi");
}

}  // namespace

Finding check_driver(const gpu::DeviceList& list, const report::Machine& machine,
                     const std::string& architectures) {
  Finding finding{.topic = "GPU driver"};
  const std::string version = clean(machine.gpu_driver);
  finding.facts = {{"driver", version},
                   {"driver_cuda", list.driver_cuda},
                   {"runtime_cuda", list.runtime_cuda},
                   {"devices", list.devices.size()}};
  if (architectures.empty()) {
    finding.text = "not looked for: " + clean(list.why_none);
    if (!machine.gpus.empty())
      finding.add(Verdict::kNote, "this node has " + clean(machine.gpus.front()),
                  "build with -DCOGMILL_CUDA=ON to use it");
    return finding;
  }
  if (!list.driver && !version.empty()) {
    finding.add(Verdict::kNote, "the kernel has " + version + ", but libcuda.so.1 is not found",
                "in a container, pass the GPUs in: docker --gpus all, apptainer --nv");
    return finding;
  }
  if (list.devices.empty()) {
    finding.add(list.broken ? Verdict::kProblem : Verdict::kNote,
                (version.empty() ? "" : version + ": ") + clean(list.why_none),
                list.broken ? "" : "cogmill runs on the CPU");
    return finding;
  }
  finding.text = (version.empty() ? "" : version + ", ") + "knows CUDA up to " + list.driver_cuda +
                 "; cogmill has CUDA " + list.runtime_cuda;
  return finding;
}

Finding check_device(const gpu::DeviceInfo& device, const gpu::DeviceUse& use,
                     const gpu::PciSlot& slot, const std::string& architectures) {
  const std::string capability = std::to_string(device.major) + "." + std::to_string(device.minor);
  Finding finding{.topic = "GPU", .text = title(device)};
  finding.text += ", compute capability " + capability + ", " +
                  report::format_size(std::max<std::int64_t>(device.memory_bytes, 0)) +
                  " of memory";
  finding.facts = {{"ordinal", device.ordinal},       {"name", clean(device.name)},
                   {"uuid", clean(device.uuid)},      {"pci", clean(device.pci)},
                   {"capability", capability},        {"multiprocessors", device.multiprocessors},
                   {"bytes", device.memory_bytes},    {"mig", device.mig},
                   {"integrated", device.integrated}, {"nvlinks", use.nvlinks}};
  if (use.free_bytes) {
    finding.text += ", {free} free";
    finding.numbers["free"] = Number::bytes(static_cast<double>(*use.free_bytes));
  }
  if (device.mig) finding.text += ", a slice (MIG)";
  if (slot.numa_node) {
    finding.text += ", NUMA node " + std::to_string(*slot.numa_node);
    finding.facts["numa_node"] = *slot.numa_node;
  }
  if (!slot.near_processors.empty()) {
    finding.text += ", near processors " + clean(slot.near_processors);
    finding.facts["near_processors"] = clean(slot.near_processors);
  }
  judge_link(finding, slot);
  judge_capability(finding, device, architectures);
  judge_use(finding, use);
  return finding;
}

std::optional<Finding> check_links(const gpu::PeerAccess& peers,
                                   const std::vector<gpu::DeviceUse>& uses, std::size_t devices) {
  if (devices < 2) return std::nullopt;
  Finding finding{.topic = "GPU links"};
  finding.facts = {{"pairs", peers.pairs}, {"reached", peers.reached}};
  const std::string all = std::to_string(devices) + " GPUs";
  if (peers.reached == peers.pairs)
    finding.text = "each of " + all + " reaches the memory of the others";
  else if (peers.reached == 0)
    finding.text = "none of " + all + " reaches another's memory: the host is between them";
  else
    finding.text = std::to_string(peers.reached) + " of " + std::to_string(peers.pairs) +
                   " ways between " + all + " need no host";
  const auto [least, most] =
      std::ranges::minmax(uses, {}, [](const gpu::DeviceUse& use) { return use.nvlinks; });
  if (most.nvlinks > 0)
    finding.text += ", " + std::to_string(least.nvlinks) +
                    (least.nvlinks == most.nvlinks ? "" : " to " + std::to_string(most.nvlinks)) +
                    " NVLinks each";
  return finding;
}

Finding check_choice(const gpu::DeviceInfo& device, int sharers, int near, bool known) {
  Finding finding{.topic = "GPU choice", .text = "takes " + clean(device.pci)};
  finding.facts = {{"uuid", clean(device.uuid)},
                   {"ordinal", device.ordinal},
                   {"ranks_on_it", sharers},
                   {"near_processors", near}};
  if (known && near == 0)
    finding.add(Verdict::kNote, "none of its processors is near that GPU",
                "bind ranks to the GPU's NUMA node: srun --gpu-bind=closest, mpirun --map-by numa");
  if (sharers > 1)
    finding.add(Verdict::kNote, std::to_string(sharers) + " ranks share it",
                "start one rank per GPU");
  return finding;
}

Finding check_copies(const gpu::CopySpeed& speed, const gpu::PciSlot& slot) {
  constexpr double kGoodShare = 0.6;  // of what the link can carry; 0.85 is usual
  constexpr double kSlowStart = 2;    // [s]
  Finding finding{.topic = "copies",
                  .text =
                      "{to} to the GPU, {from} back, {both} both ways at once, from pinned "
                      "memory; the GPU started in {start}"};
  finding.numbers = {{"to", Number::rate(speed.to_device)},
                     {"from", Number::rate(speed.from_device)},
                     {"both", Number::rate(speed.both_ways)},
                     {"start", Number::seconds(speed.start_seconds)}};
  const double link = slot.best.known() ? slot.best.gigabytes_per_second() : 0;
  finding.facts["link_gb_s"] = link;
  if (std::min(speed.to_device, speed.from_device) < kGoodShare * link)
    finding.add(Verdict::kNote, "the link can carry more: " + Number::rate(link).text(),
                "bind ranks near their GPU; other ranks or programs may be copying now");
  if (speed.start_seconds > kSlowStart)
    finding.add(Verdict::kNote, "the start takes long",
                "keep the driver loaded: nvidia-persistenced, or nvidia-smi -pm 1");
  return finding;
}

}  // namespace cogmill::doctor
