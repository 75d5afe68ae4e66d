// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/stages.hpp"
#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace cogmill::pipeline {
namespace {

/// One tile of one level of the chunk.
struct TileTask {
  std::size_t block = 0;
  partition::Window pixels;  ///< in the level
  std::int64_t tile = 0;     ///< number in the level
  std::int64_t level_tiles = 0;
};

std::vector<TileTask> list_tiles(const plan::Plan& plan, const Chunk& chunk) {
  std::vector<TileTask> tasks;
  for (std::size_t b = 0; b < chunk.blocks.size(); ++b) {
    const plan::LevelBlock& block = chunk.blocks[b];
    const partition::TileGrid grid{plan.levels[static_cast<std::size_t>(block.level)], plan.tile};
    for (std::int64_t row = block.tiles.row; row < block.tiles.row_end; ++row)
      for (std::int64_t col = block.tiles.col; col < block.tiles.col_end; ++col)
        tasks.push_back({b, grid.tile_window(col, row), grid.index(col, row), grid.count()});
  }
  return tasks;
}

/// The tile's part of every plane of its block.
std::vector<kernels::ConstPlane> crop(const io::PixelBlock& block,
                                      const partition::Window& pixels) {
  const auto w = partition::relative_to(pixels, block.window().col, block.window().row);
  std::vector<kernels::ConstPlane> planes;
  for (const kernels::Plane& plane : block.all())
    planes.push_back(plane.crop(w.col, w.row, w.width, w.height));
  return planes;
}

/// The tiles of the file that show one tile of the grid: one, or one of each band, and the mask.
std::vector<io::EncodedTile> encode_tile(const plan::Plan& plan, TileEncoder& encoder,
                                         const TileTask& task, int level,
                                         std::span<const kernels::ConstPlane> planes) {
  const auto bands = planes.first(static_cast<std::size_t>(plan.image.bands));
  const std::size_t together = plan.separate_planes ? 1 : bands.size();
  std::vector<io::EncodedTile> tiles;
  for (std::size_t band = 0; band < bands.size(); band += together) {
    const std::int64_t before = static_cast<std::int64_t>(band) * task.level_tiles;
    auto tile =
        encoder.encode_image({level, false, before + task.tile}, bands.subspan(band, together));
    if (tile) tiles.push_back(std::move(*tile));
  }
  if (plan.image.mask)
    tiles.push_back(encoder.encode_mask({level, true, task.tile}, planes.back()));
  return tiles;
}

/// Statistics of one full-resolution tile, by band.
void measure_tile(const plan::Plan& plan, std::span<const kernels::ConstPlane> planes,
                  std::span<kernels::Statistics> into) {
  const kernels::ConstPlane mask = plan.image.mask ? planes.back() : kernels::ConstPlane{};
  for (std::size_t band = 0; band < into.size(); ++band)
    into[band] = kernels::compute_statistics(planes[band], plan.image.nodata[band], mask);
}

}  // namespace

void encode(const RankState& state, TileEncoder& encoder, Chunk& chunk) {
  const report::Trace::Span span(state.trace, report::Stage::kEncode, chunk.number);
  const plan::Plan& plan = state.plan;
  const auto tasks = list_tiles(plan, chunk);
  const auto bands = static_cast<std::size_t>(plan.image.bands);
  const bool measure = plan.compute_statistics && !kernels::is_complex(plan.image.type) &&
                       chunk.blocks.front().level == 0;
  std::vector<kernels::Statistics> measured(measure ? tasks.size() * bands : 0);
  std::vector<std::vector<io::EncodedTile>> encoded(tasks.size());
  tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t i) {
    report::throw_if_interrupted();
    const int level = chunk.blocks[tasks[i].block].level;
    const auto planes = crop(chunk.levels[tasks[i].block], tasks[i].pixels);
    encoded[i] = encode_tile(plan, encoder, tasks[i], level, planes);
    if (measure && level == 0)
      measure_tile(plan, planes, std::span(measured).subspan(i * bands, bands));
  });
  ChunkResult& result = chunk.result;
  result.statistics.assign(measure ? bands : 0, {});
  for (std::size_t i = 0; i < measured.size(); ++i)
    result.statistics[i % bands].combine(measured[i]);
  for (auto& tiles : encoded) std::ranges::move(tiles, std::back_inserter(result.tiles));
  result.report.tiles +=
      static_cast<std::int64_t>(tasks.size()) * (plan.separate_planes ? plan.image.bands : 1);
}

}  // namespace cogmill::pipeline
