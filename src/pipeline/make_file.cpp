// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/make_file.hpp"

#include "src/exchange/packing.hpp"
#include "src/io/cog_header.hpp"
#include "src/io/extent_writer.hpp"
#include "src/io/gdal_setup.hpp"
#include "src/io/geo_template.hpp"
#include "src/io/open_source.hpp"
#include "src/io/preview.hpp"
#include "src/pipeline/find_data.hpp"
#include "src/pipeline/place.hpp"
#include "src/pipeline/publish.hpp"
#include "src/pipeline/run_round.hpp"
#include "src/pipeline/stored_level_source.hpp"
#include "src/pipeline/tile_exchange.hpp"
#include "src/plan/band_nodata.hpp"
#include "src/plan/nodata_rules.hpp"
#include "src/report/atomic_file.hpp"
#include "src/report/log.hpp"
#include "src/report/resources.hpp"
#include "src/warp/cutline_source.hpp"
#include "src/warp/warped_source.hpp"

#include <tbb/global_control.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace cogmill::pipeline {
namespace {

using report::Stage;

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

RoundInput open_inputs(const FileTask& task) {
  const report::Trace::Span span(task.trace, Stage::kOpen);
  RoundInput input;
  input.operation = task.plan.operation;
  input.region = task.plan.region;
  // One share of the cache for each file, wherever its decoded blocks are kept.
  const std::int64_t share =
      task.resources.cache_bytes / static_cast<std::int64_t>(task.scenes.size());
  const auto fallbacks = std::ranges::count_if(
      task.scenes, [](const io::SceneInfo& scene) { return !scene.storage.fast_path; });
  if (fallbacks > 0) io::limit_gdal_cache(share * fallbacks);
  const io::OpenOptions options{task.on_error, share,
                                [](const std::string& text) { report::log_warning(text); }};
  for (std::size_t i = 0; i < task.scenes.size(); ++i) {
    const plan::InputUse& use = input.operation.inputs[i];
    auto source = open_input(use, task.scenes[i], options);
    if (input.operation.cutline)
      source = warp::make_cutline_source(
          std::move(source),
          {input.operation.cutline, plan::working_nodata(use.types, task.plan.image),
           use.mosaic ? 0 : task.scenes[i].alpha_band});
    input.sources.push_back(std::move(source));
    input.names.push_back(use.mosaic ? "" : task.scenes[i].path);  // its sources name themselves
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

/// Statistics of the whole image on root, added up in chunk order. *Collective.*
std::vector<kernels::Statistics> combine_statistics(std::vector<ChunkStatistics> mine, int bands,
                                                    exchange::Communicator& comm) {
  // Ranks own ascending chunk ranges, so rank order is chunk order.
  std::vector<kernels::Statistics> flat;
  for (const ChunkStatistics& chunk : mine)
    flat.insert(flat.end(), chunk.bands.begin(), chunk.bands.end());
  std::vector<kernels::Statistics> total(static_cast<std::size_t>(bands));
  for (const exchange::Bytes& message : comm.gather(exchange::pack(flat))) {
    const auto parts = exchange::unpack<kernels::Statistics>(message);
    for (std::size_t i = 0; i < parts.size(); ++i) total[i % total.size()].combine(parts[i]);
  }
  return total;
}

/// As many bytes as in the first round, to which the resources were fitted.
int chunks_in_flight(const FileTask& task, const partition::Round& round) {
  const auto tiles = [](const partition::Round& r) {
    return r.chunks.shape.across * r.chunks.shape.down;
  };
  const auto times = std::max<std::int64_t>(1, tiles(task.plan.rounds.front()) / tiles(round));
  return task.resources.chunks_in_flight * static_cast<int>(times);
}

/// The input's band that output band `band` (from 0) is made of; 0: none.
int source_band(const plan::Plan& plan, int band) {
  if (plan.operation.program) return 0;
  return std::max(0, plan.operation.inputs.front().bands[static_cast<std::size_t>(band)]);
}

/// See RankState::colours.
std::vector<std::vector<kernels::Colour>> read_colours(const FileTask& task) {
  std::vector<std::vector<kernels::Colour>> colours;
  const io::SceneInfo& scene = task.scenes.front();
  for (int band = 0; task.plan.average_colours && band < task.plan.image.bands; ++band) {
    const int number = source_band(task.plan, band);
    auto& table = colours.emplace_back();
    if (number > 0 && static_cast<std::size_t>(number) <= scene.bands.size() &&
        plan::counts_colours(scene.bands[static_cast<std::size_t>(number) - 1], scene))
      table = io::read_color_table(scene.path, number);
  }
  return colours;
}

/// Takes this rank's share of every round through the pipeline. *Collective* between rounds.
std::vector<ChunkStatistics> compute_tiles(const FileTask& task, io::TileStore& own,
                                           exchange::Communicator& comm) {
  const plan::Plan& plan = task.plan;
  const RankState state{plan,         own,          task.trace,        task.counters,
                        task.corrupt, task.picture, read_colours(task)};
  TileEncoder encoder(plan, own);
  std::vector<ChunkStatistics> statistics;
  for (std::size_t r = 0; r < plan.rounds.size(); ++r) {
    io::TileStore guests({}, static_cast<std::uint64_t>(task.resources.cache_bytes) / 2 + 1,
                         task.guest_path + "." + std::to_string(r));
    if (r > 0) {
      const report::Trace::Span span(task.trace, Stage::kExchange);
      exchange_tiles(plan, task.bounds, r, own, guests, comm);
    }
    const auto rank = static_cast<std::size_t>(comm.rank());
    const ChunkRange range{plan.rounds[r], task.bounds[r][rank], task.bounds[r][rank + 1],
                           chunks_in_flight(task, plan.rounds[r])};
    if (range.begin == range.end) continue;
    const RoundInput input =
        r == 0 ? open_inputs(task) : reopen_level(plan, plan.rounds[r], own, guests);
    auto measured = run_round(state, input, range, task.backend, encoder, task.finished);
    if (r > 0) continue;
    statistics = std::move(measured);
    for (const auto& source : input.sources)
      if (const auto* warped = dynamic_cast<const warp::WarpedSource*>(source.get()))
        task.counters.warp.add(warped->report());
    task.counters.warp.moved_pixels += task.counters.moved_pixels;
  }
  return statistics;
}

io::TemplateRequest template_request(const FileTask& task,
                                     const std::vector<kernels::Statistics>& statistics) {
  const plan::Plan& plan = task.plan;
  io::TemplateRequest request;
  request.path = task.scenes.front().path;
  request.origin = plan.image.computed ? io::PixelOrigin::kComputed : io::PixelOrigin::kUnchanged;
  request.type = plan.image.type;
  request.associated_alpha = plan.image.premultiplied;
  request.items = plan.image.items;
  request.copy_statistics = plan.copy_statistics;
  if (plan.grid) request.grid = {plan.grid->crs_wkt, plan.grid->geotransform};
  request.col = plan.region.col;
  request.row = plan.region.row;
  request.width = plan.image.width;
  request.height = plan.image.height;
  request.nodata = plan::one_nodata(plan.image, request.path);
  for (int band = 0; band < plan.image.bands; ++band) {
    io::TemplateBand description;
    const auto i = static_cast<std::size_t>(band);
    description.source_band = source_band(plan, band);
    description.alpha = plan.grid && plan.image.alpha == band;
    if (i < plan.image.descriptions.size()) description.description = plan.image.descriptions[i];
    if (plan.compute_statistics) description.statistics = statistics[i];
    request.bands.push_back(description);
  }
  return request;
}

/// Says for which bands GDAL would write "nan".
void note_infinite(const FileTask& task, const std::vector<kernels::Statistics>& statistics,
                   std::vector<std::string>& warnings) {
  if (!task.plan.compute_statistics) return;
  for (std::size_t band = 0; band < statistics.size(); ++band)
    if (!statistics[band].are_finite())
      warnings.push_back("no statistics of band " + std::to_string(band + 1) + " of " + task.path +
                         " are written: it has infinite pixels, or values too large to be summed");
}

io::CogStructure make_structure(const plan::Plan& plan, std::vector<io::TiffTag> tags) {
  io::CogStructure structure;
  structure.ghost_area = plan.cog;
  structure.levels = plan.levels;
  structure.tile = plan.tile;
  structure.bands = plan.image.bands;
  structure.separate_planes = plan.separate_planes;
  structure.codec = plan.codec.codec;
  structure.predictor = plan.predictor;
  structure.mask = plan.image.mask;
  structure.overview_tags = io::overview_tags(tags);
  structure.main_tags = std::move(tags);
  return structure;
}

/// Root's header sizes on every rank. *Collective.*
HeaderBytes share_header_bytes(const HeaderBytes& mine, exchange::Communicator& comm) {
  const std::array values{mine.classic, mine.big};
  const auto bytes = comm.broadcast(exchange::pack(std::span<const std::uint64_t>(values)));
  const auto shared = exchange::unpack<std::uint64_t>(bytes);
  return {shared[0], shared[1]};
}

std::int64_t count_sparse(const std::vector<partition::LevelTileBytes>& sizes) {
  std::int64_t sparse = 0;
  for (const auto& level : sizes) sparse += std::ranges::count(level.image, 0U);
  return sparse;
}

/// Root creates the file at its exact size, all ranks fill their parts, all sync. *Collective.*
void write_file(const FileTask& task, const io::TileStore& own, const partition::FileLayout& layout,
                std::span<const std::byte> header, FileResult& result,
                exchange::Communicator& comm) {
  using io::PosixFile;
  exchange::agree_on(comm, [&] {
    if (!comm.is_root()) return;
    const report::Trace::Span span(task.trace, Stage::kWrite);
    PosixFile file(task.path, PosixFile::Mode::kCreate);
    file.reserve(layout.file_bytes);
    file.write_at(0, header);
  });
  exchange::agree_on(comm, [&] {
    PosixFile file(task.path, PosixFile::Mode::kWrite);
    {
      const report::Trace::Span span(task.trace, Stage::kWrite);
      result.written_bytes = static_cast<std::int64_t>(
          io::write_extents(own, layout, frame_rule(task.plan), file) + header.size());
    }
    const report::Trace::Span span(task.trace, Stage::kSync);
    file.sync();
  });
}

}  // namespace

FileResult make_file(const FileTask& task, exchange::Communicator& comm) {
  const plan::Plan& plan = task.plan;
  io::TileStore own(frame_rule(plan), static_cast<std::uint64_t>(task.resources.store_bytes),
                    task.spill_path);
  auto chunk_statistics = compute_tiles(task, own, comm);
  task.backend.release();
  const auto statistics = combine_statistics(std::move(chunk_statistics), plan.image.bands, comm);

  FileResult result;
  result.has_data = has_data(plan, own, comm);
  io::CogStructure structure;
  HeaderBytes header_bytes;
  exchange::agree_on(comm, [&] {
    if (!comm.is_root()) return;
    auto geo = io::make_geo_template(template_request(task, statistics));
    if (!geo.aux_xml.empty()) report::write_file_atomically(aux_path(task.path), geo.aux_xml);
    result.warnings = std::move(geo.warnings);
    note_infinite(task, statistics, result.warnings);
    structure = make_structure(plan, std::move(geo.tags));
    header_bytes = measure_header(structure);
  });
  header_bytes = share_header_bytes(header_bytes, comm);
  const auto sizes = share_tile_sizes(plan, own, comm);
  Placement placement;
  exchange::agree_on(comm, [&] { placement = place(plan, header_bytes, sizes); });
  std::vector<std::byte> header;
  if (comm.is_root()) {
    structure.bigtiff = placement.bigtiff;
    header = io::make_header(structure, sizes, placement.layout);
  }
  write_file(task, own, placement.layout, header, result, comm);
  result.file_bytes = static_cast<std::int64_t>(placement.layout.file_bytes);
  result.spilled_bytes = static_cast<std::int64_t>(own.spilled_bytes());
  result.sparse_tiles = count_sparse(sizes);
  return result;
}

}  // namespace cogmill::pipeline
