// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/examine_gpus.hpp"

#include "src/doctor/check_gpu.hpp"
#include "src/exchange/packing.hpp"
#include "src/gpu/architectures.hpp"
#include "src/gpu/binding.hpp"

#include <algorithm>
#include <exception>
#include <optional>

namespace cogmill::doctor {
namespace {

/// What a rank has seen before it starts a device. Local.
struct Look {
  gpu::DeviceList list;
  std::vector<gpu::DeviceUse> uses;
  gpu::PeerAccess peers;
  std::string failure;
};

Look look_at_devices() {
  Look look;
  try {
    look.list = gpu::list_devices();
    look.uses = gpu::read_device_use(look.list.devices);
    look.peers = gpu::count_peer_access(static_cast<int>(look.list.devices.size()));
  } catch (const std::exception& e) {
    look.list.devices.clear();
    look.failure = clean(e.what());
  }
  return look;
}

/// The devices that the ranks have chosen, by rank; an empty number is none. *Collective.*
std::vector<gpu::Choice> share_choices(const gpu::Choice& mine, exchange::Communicator& comm) {
  std::vector<gpu::Choice> all;
  for (const auto& message : comm.all_gather(exchange::pack_text(mine.host + '\n' + mine.uuid))) {
    const std::string text = exchange::unpack_text(message);
    const auto end = text.find('\n');
    all.push_back({text.substr(0, end), text.substr(end + 1)});
  }
  return all;
}

/// @return whether this rank is the first that takes its device
bool is_first(const std::vector<gpu::Choice>& all, const Place& place) {
  const auto& mine = all[static_cast<std::size_t>(place.rank)];
  const auto first = std::ranges::find_if(
      all, [&](const gpu::Choice& c) { return c.host == mine.host && c.uuid == mine.uuid; });
  return first - all.begin() == place.rank;
}

/// What was measured, or why it could not be.
struct Measured {
  std::optional<gpu::CopySpeed> speed;
  std::string failure;
};

Measured measure(const gpu::DeviceInfo& device) {
  try {
    return {gpu::measure_copy_speed(device.ordinal), ""};
  } catch (const std::exception& e) {
    return {std::nullopt, clean(e.what())};
  }
}

void add_copies(std::vector<Finding>& findings, const gpu::DeviceInfo& device,
                const Measured& measured) {
  if (measured.speed)
    findings.push_back(check_copies(*measured.speed, gpu::read_pci_slot(device.pci)));
  if (!measured.failure.empty())
    findings.push_back({.topic = "copies",
                        .verdict = Verdict::kProblem,
                        .text = measured.failure,
                        .advice = "see nvidia-smi, and dmesg for lines of NVRM"});
}

}  // namespace

std::vector<Finding> examine_gpus(const report::Machine& machine, const Place& place,
                                  exchange::Communicator& comm) {
  const Look look = look_at_devices();
  const auto& devices = look.list.devices;
  std::optional<gpu::DeviceInfo> taken;
  if (!devices.empty())
    taken = devices[static_cast<std::size_t>(
        gpu::choose_ordinal(static_cast<int>(devices.size()), place.local_rank))];
  const auto choices = share_choices({place.host, taken ? taken->uuid : ""}, comm);
  Measured measured;
  if (taken && is_first(choices, place)) measured = measure(*taken);
  comm.barrier();  // links have woken up now

  std::vector<Finding> findings;
  if (!look.failure.empty()) {
    findings.push_back({.topic = "GPU driver", .verdict = Verdict::kProblem, .text = look.failure});
    return findings;
  }
  const std::string architectures = gpu::built_architectures();
  findings.push_back(check_driver(look.list, machine, architectures));
  for (std::size_t i = 0; i < devices.size(); ++i)
    findings.push_back(
        check_device(devices[i], look.uses[i], gpu::read_pci_slot(devices[i].pci), architectures));
  if (const auto links = check_links(look.peers, look.uses, devices.size()))
    findings.push_back(*links);
  if (!taken) return findings;
  const auto near = gpu::near_processors(taken->pci);
  findings.push_back(check_choice(
      *taken, gpu::count_sharers(choices[static_cast<std::size_t>(place.rank)], choices),
      gpu::count_near(near), !near.empty()));
  add_copies(findings, *taken, measured);
  return findings;
}

}  // namespace cogmill::doctor
