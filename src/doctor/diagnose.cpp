// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/diagnose.hpp"

#include "src/doctor/check_host.hpp"
#include "src/doctor/check_software.hpp"
#include "src/doctor/check_storage.hpp"
#include "src/doctor/examine_gpus.hpp"
#include "src/exchange/packing.hpp"
#include "src/exchange/share_root.hpp"

#include <exception>
#include <utility>

namespace cogmill::doctor {
namespace {

/// A check that fails is itself a finding, and the others go on.
template <class Check>
void collect(std::vector<Finding>& findings, const char* topic, Check check) {
  try {
    findings.push_back(check());
  } catch (const std::exception& e) {
    findings.push_back({.topic = topic, .verdict = Verdict::kProblem, .text = clean(e.what())});
  }
}

/// What is the same for all ranks of a node.
void examine_node(std::vector<Finding>& findings, const report::Machine& machine,
                  const std::vector<std::string>& paths) {
  collect(findings, "cogmill", check_cogmill);
  collect(findings, "memory", [&] { return check_memory(machine); });
  collect(findings, "NCCL",
          [] { return check_library("NCCL", gpu::find_nccl(), "MPI moves data between ranks"); });
  collect(findings, "nvCOMP", [] {
    return check_library("nvCOMP", gpu::find_nvcomp(), "ZSTD tiles are coded on the CPU");
  });
  collect(findings, "GDAL", [] { return check_gdal(io::read_gdal_facts()); });
  collect(findings, "PROJ", [] { return check_proj(crs::read_proj_facts()); });
  collect(findings, "Slurm", [&] { return check_slurm(machine, from_environment); });
  for (Finding& finding : check_storage(paths, from_environment))
    findings.push_back(std::move(finding));
}

std::vector<RankReport> gather(const RankReport& mine, exchange::Communicator& comm) {
  constexpr auto kReplace = nlohmann::json::error_handler_t::replace;  // paths may be no UTF-8
  const nlohmann::json message = {{"host", mine.host}, {"findings", mine.findings}};
  std::vector<RankReport> all;
  for (const auto& bytes :
       comm.gather(exchange::pack_text(message.dump(-1, ' ', false, kReplace)))) {
    const auto json = nlohmann::json::parse(exchange::unpack_text(bytes));
    all.push_back({json.at("host"), json.at("findings").get<std::vector<Finding>>()});
  }
  return all;
}

}  // namespace

Diagnosis diagnose(const std::vector<std::string>& paths, exchange::Communicator& comm) {
  const report::Machine machine = report::read_machine();
  const Place place{clean(machine.hostname), comm.rank(), comm.size(), comm.local_rank(),
                    comm.local_size()};
  RankReport mine{place.host, {}};
  collect(mine.findings, "CPU", [&] { return check_cpu(machine); });
  if (const auto binding = check_binding(machine, place)) mine.findings.push_back(*binding);
  for (Finding& finding : examine_gpus(machine, place, comm))
    mine.findings.push_back(std::move(finding));
  collect(mine.findings, "MPI",
          [&] { return check_mpi(exchange::read_mpi_facts(), place, from_environment); });
  if (place.local_rank == 0) examine_node(mine.findings, machine, paths);

  Diagnosis diagnosis;
  diagnosis.ranks = gather(mine, comm);
  diagnosis.worst = exchange::share_root(comm, [&] { return worst_of(diagnosis.ranks); });
  return diagnosis;
}

}  // namespace cogmill::doctor
