// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/open_inputs.hpp"

#include "src/io/gdal_setup.hpp"
#include "src/io/open_source.hpp"
#include "src/pipeline/stored_level_source.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/report/log.hpp"
#include "src/report/resources.hpp"
#include "src/warp/cutline_source.hpp"
#include "src/warp/warped_source.hpp"

#include <tbb/global_control.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace cogmill::pipeline {
namespace {

/// What the open sources of a mosaic may hold.
warp::MosaicLimits mosaic_limits(const warp::MosaicSetup& mosaic, std::int64_t cache_bytes) {
  warp::MosaicLimits limits;
  limits.cache_bytes = cache_bytes;
  limits.threads = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
  std::int64_t block = 1;
  for (const warp::MosaicLayer& layer : mosaic.layers) {
    const io::SceneInfo& scene = layer.warp.scene;
    std::int64_t pixel = 0;
    for (const io::BandInfo& band : scene.bands) pixel += kernels::size_bytes(band.type);
    block = std::max(block, scene.storage.block_width * scene.storage.block_height * pixel);
  }
  limits.source_bytes = 2 * block * static_cast<std::int64_t>(limits.threads);
  constexpr std::int64_t kFew = 4, kMany = 256;
  limits.handles = static_cast<std::size_t>(std::clamp(report::open_file_limit() / 4, kFew, kMany));
  return limits;
}

std::shared_ptr<io::Source> open_input(const plan::InputUse& use, const io::SceneInfo& scene,
                                       const io::OpenOptions& options) {
  if (use.mosaic) {
    io::limit_gdal_cache(options.cache_bytes / 2);
    return warp::make_mosaic_source(use.mosaic, mosaic_limits(*use.mosaic, options.cache_bytes),
                                    options);
  }
  if (use.warp) return warp::make_warped_source(*use.warp, options);
  return io::open_source(scene, options);
}

}  // namespace

RoundInput open_inputs(const plan::Plan& plan, const std::vector<io::SceneInfo>& scenes,
                       io::OnError on_error, std::int64_t cache_bytes) {
  RoundInput input;
  input.operation = plan.operation;
  input.region = plan.region;
  // One share of the cache for each file, wherever its decoded blocks are kept.
  const std::int64_t share = cache_bytes / static_cast<std::int64_t>(scenes.size());
  const auto fallbacks = std::ranges::count_if(
      scenes, [](const io::SceneInfo& scene) { return !scene.storage.fast_path; });
  if (fallbacks > 0) io::limit_gdal_cache(share * fallbacks);
  const io::OpenOptions options{on_error, share,
                                [](const std::string& text) { report::log_warning(text); }};
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    const plan::InputUse& use = input.operation.inputs[i];
    auto source = open_input(use, scenes[i], options);
    if (input.operation.cutline)
      source = warp::make_cutline_source(
          std::move(source), {input.operation.cutline, plan::working_nodata(use.types, plan.image),
                              use.mosaic ? 0 : scenes[i].alpha_band});
    input.sources.push_back(std::move(source));
    input.names.push_back(use.mosaic ? "" : scenes[i].path);  // its sources name themselves
  }
  return input;
}

RoundInput reopen_level(const plan::Plan& plan, const partition::Round& round,
                        const io::TileStore& own, const io::TileStore& guests) {
  RoundInput input;
  input.operation = stored_level_operation(plan.image);
  input.sources.push_back(make_stored_level_source(plan, round.source_level, own, guests));
  input.names.emplace_back("the output's own tiles");
  input.full_resolution = false;
  return input;
}

}  // namespace cogmill::pipeline
