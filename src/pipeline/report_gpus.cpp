// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/report_gpus.hpp"

#include "src/exchange/packing.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace cogmill::pipeline {
namespace {

using nlohmann::json;
using Gpu = report::RunRecord::Gpu;

json describe(const Run& run) {
  const DeviceReport report = run.backend ? run.backend->report() : DeviceReport{};
  return {{"model", run.choice.device.name},
          {"uuid", run.choice.device.uuid},
          {"cuda", run.choice.cuda_version},
          {"memory", run.choice.device.memory_bytes},
          {"limit", report.memory_limit},
          {"peak", report.peak_memory},
          {"chunks", report.chunks},
          {"host_chunks", report.host_chunks},
          {"to", report.to_device.seconds},
          {"to_bytes", report.to_device.bytes},
          {"compute", report.compute_seconds},
          {"from", report.from_device.seconds},
          {"from_bytes", report.from_device.bytes}};
}

Gpu from_json(const json& j, double wall_seconds) {
  Gpu gpu;
  gpu.model = j.at("model").get<std::string>();
  gpu.uuid = j.at("uuid").get<std::string>();
  gpu.cuda = j.at("cuda").get<std::string>();
  gpu.memory_bytes = j.at("memory").get<std::int64_t>();
  gpu.limit_bytes = j.at("limit").get<std::int64_t>();
  gpu.peak_bytes = j.at("peak").get<std::int64_t>();
  gpu.chunks = j.at("chunks").get<std::int64_t>();
  gpu.host_chunks = j.at("host_chunks").get<std::int64_t>();
  gpu.to_device_seconds = j.at("to").get<double>();
  gpu.compute_seconds = j.at("compute").get<double>();
  gpu.from_device_seconds = j.at("from").get<double>();
  gpu.to_device_bytes = j.at("to_bytes").get<std::int64_t>();
  gpu.from_device_bytes = j.at("from_bytes").get<std::int64_t>();
  gpu.busy_share = std::min(1.0, gpu.compute_seconds / std::max(wall_seconds, 1e-9));
  return gpu;
}

}  // namespace

std::vector<Gpu> gather_gpus(const Session& s, const Run& run) {
  std::vector<Gpu> gpus;
  if (!run.choice.cuda) return gpus;
  const double wall = s.seconds();
  for (const auto& message : s.comm.gather(exchange::pack_text(describe(run).dump()))) {
    gpus.push_back(from_json(json::parse(exchange::unpack_text(message)), wall));
    gpus.back().rank = static_cast<int>(gpus.size()) - 1;
  }
  return gpus;
}

}  // namespace cogmill::pipeline
