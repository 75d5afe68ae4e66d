// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/dry_run.hpp"

#include "src/report/sizes.hpp"

#include <algorithm>
#include <sstream>

namespace cogmill::pipeline {
namespace {

using report::format_size;

void describe_input(const io::SceneInfo& scene, std::ostringstream& out) {
  out << "input      " << scene.path << ": " << scene.width << "x" << scene.height << "x"
      << scene.bands.size() << " " << kernels::name_of(scene.bands.front().type) << ", "
      << scene.storage.compression << ", " << format_size(scene.file_bytes) << ", "
      << (scene.storage.fast_path ? "tile reader"
                                  : "GDAL windows (" + scene.storage.fallback_reason + ")")
      << "\n";
}

void describe_inputs(const Prepared& p, std::ostringstream& out) {
  constexpr std::size_t kMostSources = 10;
  const auto& mosaic = p.interpretation.operation.inputs.front().mosaic;
  if (!mosaic) {
    for (const io::SceneInfo& scene : p.scenes) describe_input(scene, out);
    return;
  }
  const auto& layers = mosaic->layers;
  for (std::size_t i = 0; i < std::min(layers.size(), kMostSources); ++i)
    describe_input(layers[i].warp.scene, out);
  if (layers.size() > kMostSources)
    out << "input      and " << layers.size() - kMostSources << " more sources\n";
}

void describe_output(const Session& s, const Run& run, std::ostringstream& out) {
  const plan::Plan& plan = run.plan;
  out << "output     " << s.job.output << ": " << plan.image.width << "x" << plan.image.height
      << "x" << plan.image.bands << " " << kernels::name_of(plan.image.type) << ", "
      << kernels::name_of(plan.codec.codec) << " predictor " << static_cast<int>(plan.predictor)
      << ", " << plan.tile << " px tiles, " << plan.levels.size() - 1 << " overviews ("
      << kernels::name_of(plan.overview_resampling) << ")" << (plan.image.mask ? ", mask" : "")
      << "\n";
}

/// Uncompressed size of all levels: the output is never larger than this and its framing.
std::int64_t most_output_bytes(const plan::Plan& plan) {
  std::int64_t bytes = 0;
  for (const auto& level : plan.levels)
    bytes +=
        partition::TileGrid{level, plan.tile}.count() * plan.tile * plan.tile * plan.pixel_bytes();
  return bytes;
}

void describe_cost(const Session& s, const Prepared& p, const Run& run, std::ostringstream& out) {
  const plan::Plan& plan = run.plan;
  const auto& chunks = plan.rounds.front().chunks;
  out << "work       " << plan.tile_count() << " tiles in " << chunks.count() << " chunks of "
      << chunks.shape.across << "x" << chunks.shape.down << " tiles, " << plan.rounds.size()
      << (plan.rounds.size() == 1 ? " round" : " rounds") << "\n";
  out << "ranks      " << s.comm.size() << ", " << run.threads << " threads each, backend "
      << (run.choice.cuda ? "cuda, rank 0 on " + run.choice.device.name : "cpu, no GPU used")
      << "\n";
  const std::int64_t chunk = plan::working_set(plan, p.scenes).chunk_bytes;
  out << "memory     limit " << format_size(s.memory_limit)
      << " a rank: " << run.resources.chunks_in_flight << " chunks in flight of "
      << format_size(chunk) << ", process and tables " << format_size(run.resources.fixed_bytes)
      << ", compressed tiles up to " << format_size(run.resources.store_bytes)
      << " before they are spilled\n";
  const std::int64_t most = most_output_bytes(plan);
  out << "disk       output at most " << format_size(most) << " (not compressible at all)";
  const std::int64_t share = most / s.comm.size();
  if (share > run.resources.store_bytes)
    out << ", spilled tiles at most "
        << format_size(most - run.resources.store_bytes * s.comm.size());
  out << "\n";
}

}  // namespace

std::string describe_plan(const Session& session, const Prepared& prepared, const Run& run) {
  std::ostringstream out;
  describe_inputs(prepared, out);
  describe_output(session, run, out);
  describe_cost(session, prepared, run, out);
  return out.str();
}

}  // namespace cogmill::pipeline
