// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/choose_backend.hpp"

#include "src/exchange/packing.hpp"
#include "src/gpu/architectures.hpp"
#include "src/gpu/binding.hpp"
#include "src/report/error.hpp"

#include <nlohmann/json.hpp>

#include <exception>
#include <vector>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;

/// Below it the start of a device takes longer than the whole job on the cores.
constexpr std::int64_t kLeastBytes = std::int64_t{256} << 20;

std::int64_t output_bytes(const plan::OutputImage& image) {
  return image.width * image.height * image.bands * kernels::size_bytes(image.type);
}

BackendChoice choose_device(int local_rank) {
  BackendChoice choice;
  const gpu::DeviceList list = gpu::list_devices();
  choice.cuda_version = list.runtime_cuda;
  choice.notable = list.driver;
  choice.why_cpu = list.why_none;
  if (list.devices.empty()) return choice;
  const auto ordinal = gpu::choose_ordinal(static_cast<int>(list.devices.size()), local_rank);
  choice.device = list.devices[static_cast<std::size_t>(ordinal)];
  const auto& d = choice.device;
  const std::string has =
      d.name + " has compute capability " + std::to_string(d.major) + "." + std::to_string(d.minor);
  const std::string built = gpu::built_architectures();
  if (d.major * 10 + d.minor < gpu::kLeastCapability)
    choice.why_cpu = has + "; cogmill needs 7.5 (Turing, 2018) or newer";
  else if (gpu::runs_on(built, d.major, d.minor) == gpu::Runs::kNo)
    choice.why_cpu = has + ", and this cogmill was built for " + built + " only";
  choice.cuda = choice.why_cpu.empty();
  return choice;
}

BackendChoice cpu_because(std::string why, bool notable) {
  BackendChoice choice;
  choice.why_cpu = std::move(why);
  choice.notable = notable;
  return choice;
}

/// What one rank tells the others.
json describe(const BackendChoice& choice, const std::string& host) {
  return {{"host", host},
          {"uuid", choice.device.uuid},
          {"cuda", choice.cuda},
          {"why", choice.why_cpu},
          {"notable", choice.notable}};
}

/// *Collective.*
BackendChoice agree_on_devices(BackendChoice mine, bool automatic, exchange::Communicator& comm,
                               const std::string& host) {
  std::vector<gpu::Choice> choices;
  for (const auto& message : comm.all_gather(exchange::pack_text(describe(mine, host).dump()))) {
    const json other = json::parse(exchange::unpack_text(message));
    choices.push_back({other.at("host").get<std::string>(), other.at("uuid").get<std::string>()});
    if (other.at("cuda").get<bool>()) continue;
    const std::string why = other.at("why").get<std::string>() +
                            (comm.size() > 1 ? " (" + choices.back().host + ")" : "");
    if (!automatic)
      throw exchange::AgreedError("--backend cuda: " + why + "; use --backend auto or cpu");
    return cpu_because(why, other.at("notable").get<bool>());
  }
  mine.sharers = gpu::count_sharers({host, mine.device.uuid}, choices);
  return mine;
}

}  // namespace

BackendChoice look_for_device(int local_rank) {
  try {
    return choose_device(local_rank);
  } catch (const std::exception& e) {  // a driver that is broken is one that is not there
    return cpu_because(e.what(), true);
  }
}

BackendChoice choose_backend(const job::Job& job, const plan::Interpretation& interpretation,
                             exchange::Communicator& comm, const report::Machine& machine) {
  if (job.run.backend == job::Backend::kCpu) return {};
  const bool automatic = job.run.backend == job::Backend::kAuto;
  if (automatic && output_bytes(interpretation.image) < kLeastBytes)
    return cpu_because("the output is too small to be worth starting a GPU", false);
  BackendChoice choice;
  const bool may_have_one = !machine.gpu_driver.empty() && !gpu::built_architectures().empty();
  if (comm.size() == 1 && may_have_one && !job.run.dry_run)
    choice.cuda = choice.assumed = true;
  else
    choice =
        agree_on_devices(look_for_device(comm.local_rank()), automatic, comm, machine.hostname);
  choice.insist = !automatic;
  return choice;
}

}  // namespace cogmill::pipeline
