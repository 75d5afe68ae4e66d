// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/plan.hpp"

#include "partition/pyramid.hpp"
#include "partition/rank_ranges.hpp"
#include "src/plan/chunk_blocks.hpp"
#include "src/plan/mixed_colours.hpp"
#include "src/report/error.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace cogmill::plan {
namespace {

/// Pixels of one chunk, roughly: large enough that starting it costs nothing, small enough that
/// many ranks get their share of a scene and several fit in memory.
constexpr std::int64_t kChunkTargetBytes = std::int64_t{32} << 20;

/// One pixel of all planes read.
std::int64_t input_pixel_bytes(const Operation& operation) {
  std::int64_t bytes = 0;
  for (const InputUse& use : operation.inputs)
    for (const kernels::DataType type : use.types) bytes += kernels::size_bytes(type);
  return bytes;
}

/// One pixel of what mosaics are merged in, beside their planes.
std::int64_t merging_pixel_bytes(const Operation& operation) {
  std::int64_t bytes = 0;
  for (const InputUse& use : operation.inputs)
    if (use.mosaic) bytes += warp::mosaic_pixel_bytes(*use.mosaic, use.types);
  return bytes;
}

/// What a thread decodes at once: all bands, or one where they are stored one by one.
std::int64_t block_bytes(const io::SceneInfo& scene) {
  const bool one_by_one = scene.storage.fast_path && scene.storage.interleave == "BAND";
  std::int64_t pixel = 0;
  for (const io::BandInfo& band : scene.bands) {
    const std::int64_t bytes = kernels::size_bytes(band.type);
    pixel = one_by_one ? std::max(pixel, bytes) : pixel + bytes;
  }
  return scene.storage.block_width * scene.storage.block_height * pixel;
}

/// The largest block of a file that is read, or of the output.
std::int64_t largest_block_bytes(const Plan& plan, const std::vector<io::SceneInfo>& scenes) {
  const std::int64_t pixel =
      plan.separate_planes ? kernels::size_bytes(plan.image.type) : plan.pixel_bytes();
  std::int64_t bytes = plan.tile * plan.tile * pixel;
  const auto look_at = [&bytes](const io::SceneInfo& scene) {
    bytes = std::max(bytes, block_bytes(scene));
  };
  for (const io::SceneInfo& scene : scenes) look_at(scene);
  for (const InputUse& use : plan.operation.inputs)
    if (use.mosaic)
      for (const warp::MosaicLayer& layer : use.mosaic->layers) look_at(layer.warp.scene);
  return bytes;
}

kernels::Predictor choose_predictor(const job::CreationOptions& options, kernels::DataType type) {
  using enum kernels::Predictor;
  const bool takes_one = options.codec.codec != kernels::Codec::kNone;
  switch (options.predictor) {
    case job::PredictorChoice::kNone:
      return kNone;
    case job::PredictorChoice::kByType:
      if (!takes_one || kernels::is_complex(type)) return kNone;
      return kernels::is_floating(type) ? kFloatingPoint : kHorizontal;
    case job::PredictorChoice::kHorizontal:
      if (kernels::is_complex(type))
        throw report::UsageError("PREDICTOR=2 is not defined for complex pixels; use PREDICTOR=NO");
      return takes_one ? kHorizontal : kNone;
    case job::PredictorChoice::kFloatingPoint:
      if (!kernels::is_floating(type) || kernels::is_complex(type))
        throw report::UsageError("PREDICTOR=3 needs Float32 or Float64 pixels, these are " +
                                 std::string(kernels::name_of(type)) + "; use PREDICTOR=2");
      return takes_one ? kFloatingPoint : kNone;
  }
  return kNone;
}

std::optional<kernels::Resampling> asked_resampling(const job::CreationOptions& options) {
  return options.overview_resampling ? options.overview_resampling : options.resampling;
}

/// Classes and colour indices cannot be averaged, and complex pixels are only picked.
kernels::Resampling choose_overview_resampling(const job::CreationOptions& options,
                                               const OutputImage& image,
                                               const std::vector<io::SceneInfo>& scenes) {
  const auto asked = asked_resampling(options);
  if (kernels::is_complex(image.type)) {
    if (asked && *asked != kernels::Resampling::kNearest)
      throw report::UsageError("overviews of complex pixels need OVERVIEW_RESAMPLING=NEAREST");
    return kernels::Resampling::kNearest;
  }
  if (asked) return *asked;
  const auto& bands = scenes.front().bands;
  const bool classes = !image.computed && std::ranges::any_of(bands, [](const io::BandInfo& band) {
    return band.has_color_table || band.has_categories;
  });
  return classes ? kernels::Resampling::kNearest : kernels::Resampling::kAverage;
}

bool has_colours(const OutputImage& image, const std::vector<io::SceneInfo>& scenes) {
  const io::SceneInfo& scene = scenes.front();
  return !image.computed &&
         std::ranges::any_of(scene.bands, [&](const auto& b) { return counts_colours(b, scene); });
}

void check_colours(const Plan& plan, const std::vector<io::SceneInfo>& scenes) {
  using enum kernels::Resampling;
  const kernels::Resampling resampling = plan.overview_resampling;
  const bool mixes = resampling == kBilinear || resampling == kCubic;
  if (!mixes || plan.levels.size() == 1 || !has_colours(plan.image, scenes)) return;
  throw report::UsageError("OVERVIEW_RESAMPLING=" + std::string(kernels::name_of(resampling)) +
                           " would mix the numbers of colours in " + scenes.front().path +
                           ", which has a colour table; use NEAREST, MODE or AVERAGE, which "
                           "takes the nearest colour");
}

/// True if the output has every pixel of the input, certainly with its value and its validity.
bool keeps_pixels(const job::Job& job, const Plan& plan, const io::SceneInfo& scene) {
  const OutputImage& image = plan.image;
  const bool whole = image.width == scene.width && image.height == scene.height;
  const bool same_types = std::ranges::all_of(
      scene.bands, [&](const io::BandInfo& band) { return band.type == image.type; });
  return whole && same_types && !image.computed && !plan.grid && !plan.operation.cutline &&
         !job.src_nodata && !job.dst_nodata && job.run.on_error == io::OnError::kStop;
}

std::optional<int> overview_count(const job::Job& job) {
  const bool none =
      job.creation.overviews == job::Overviews::kNone || job.format == job::OutputFormat::kGTiff;
  return none ? std::optional<int>(0) : job.creation.overview_count;
}

/// GDAL reads tiles that are not there as nodata in every band, alpha included, where it would be
/// opaque.
bool misreads_missing_tiles(const OutputImage& image) {
  return image.alpha && std::ranges::any_of(image.nodata, [](const auto& nodata) {
           return nodata && nodata->as_double() != 0;
         });
}

}  // namespace

std::int64_t Plan::pixel_bytes() const {
  return image.bands * kernels::size_bytes(image.type) + (image.mask ? 1 : 0);
}

std::int64_t Plan::tile_count() const {
  std::int64_t tiles = 0;
  for (const auto& level : levels) tiles += partition::TileGrid{level, tile}.count();
  return tiles * (separate_planes ? image.bands : 1);
}

bool averages_colours(const job::Job& job, const OutputImage& image,
                      const std::vector<io::SceneInfo>& scenes) {
  return asked_resampling(job.creation) == kernels::Resampling::kAverage &&
         has_colours(image, scenes);
}

Plan make_plan(const job::Job& job, const Interpretation& interpretation,
               const std::vector<io::SceneInfo>& scenes, const partition::Window& region) {
  Plan plan;
  plan.operation = interpretation.operation;
  plan.image = interpretation.image;
  plan.grid = interpretation.grid;
  plan.image.width = region.width;
  plan.image.height = region.height;
  plan.region = region;
  plan.tile = job.creation.block_size;
  const partition::LevelSize full{region.width, region.height};
  plan.levels = partition::pyramid_levels(full, plan.tile, overview_count(job));
  const std::int64_t pixel_bytes = std::max(plan.pixel_bytes(), input_pixel_bytes(plan.operation)) +
                                   merging_pixel_bytes(plan.operation);
  const auto shape =
      partition::choose_chunk_shape({full, plan.tile}, pixel_bytes, kChunkTargetBytes);
  plan.rounds = partition::plan_rounds(plan.levels, plan.tile, shape);
  plan.overview_resampling = choose_overview_resampling(job.creation, plan.image, scenes);
  plan.average_colours = averages_colours(job, plan.image, scenes);
  check_colours(plan, scenes);
  plan.codec = job.creation.codec;
  plan.predictor = choose_predictor(job.creation, plan.image.type);
  plan.cog = job.format != job::OutputFormat::kGTiff;
  plan.separate_planes = job.creation.interleave == job::Interleave::kBand && plan.image.bands > 1;
  plan.sparse_ok = job.creation.sparse_ok && !misreads_missing_tiles(plan.image);
  plan.compute_statistics = job.creation.statistics == job::StatisticsChoice::kYes;
  plan.copy_statistics = job.creation.statistics == job::StatisticsChoice::kAuto &&
                         keeps_pixels(job, plan, scenes.front());
  plan.bigtiff = job.creation.bigtiff;
  return plan;
}

RankBounds share_out(const Plan& plan, int ranks, const std::vector<double>& coverage) {
  constexpr double kEmpty = 0.05;  // tiles without data are compressed once and copied
  RankBounds bounds;
  for (const partition::Round& round : plan.rounds) {
    std::vector<std::int64_t> costs(static_cast<std::size_t>(round.chunks.count()));
    for (std::size_t i = 0; i < costs.size(); ++i) {
      costs[i] =
          round.chunks.tiles
              .window(round.chunks.owned_tiles(static_cast<std::int64_t>(i), round.chunks.tiles, 0))
              .pixels();
      if (bounds.empty() && !coverage.empty())
        costs[i] = static_cast<std::int64_t>(static_cast<double>(costs[i]) *
                                             (kEmpty + (1 - kEmpty) * coverage[i]));
    }
    bounds.push_back(partition::split_by_cost(costs, ranks));
  }
  return bounds;
}

namespace {

/// What the compressed tiles of a chunk take at most, until they are committed.
std::int64_t encoded_bytes(const Plan& plan, const std::vector<LevelBlock>& blocks) {
  std::int64_t bytes = 0;
  for (const LevelBlock& block : blocks) {
    const partition::TileGrid grid{plan.levels[static_cast<std::size_t>(block.level)], plan.tile};
    const std::int64_t tiles =
        (block.tiles.row_end - block.tiles.row) * (block.tiles.col_end - block.tiles.col);
    // The padding of tiles at the rim is compressed to nothing, or not compressed at all.
    bytes += (plan.codec.codec == kernels::Codec::kNone ? tiles * plan.tile * plan.tile
                                                        : grid.window(block.tiles).pixels()) *
             plan.pixel_bytes();
  }
  return bytes;
}

}  // namespace

WorkingSet working_set(const Plan& plan, const std::vector<io::SceneInfo>& scenes) {
  WorkingSet set;
  // The first chunk is as large as any.
  const auto blocks = chunk_blocks(plan.rounds.front(), 0, plan.levels, plan.overview_resampling);
  std::int64_t output = 0;
  for (const LevelBlock& block : blocks) output += block.pixels.pixels() * plan.pixel_bytes();
  const std::int64_t pixels = blocks.front().pixels.pixels();
  const std::int64_t raw = pixels * input_pixel_bytes(plan.operation);
  const std::int64_t encoded = encoded_bytes(plan, blocks);
  // Compressed input is at worst about as large as its pixels; a plain copy decodes into the
  // output.
  set.chunk_bytes = output + encoded + raw + (is_plain_copy(plan.operation, plan.image) ? 0 : raw);
  for (const InputUse& use : plan.operation.inputs)
    if (use.warp) set.chunk_bytes += warp::warp_working_bytes(*use.warp, pixels);
  for (const InputUse& use : plan.operation.inputs)
    if (use.mosaic) set.chunk_bytes += warp::mosaic_working_bytes(*use.mosaic, pixels);
  set.chunk_bytes += pixels * merging_pixel_bytes(plan.operation);
  set.thread_bytes = 3 * largest_block_bytes(plan, scenes);
  set.table_bytes = plan.tile_count() * (plan.image.mask ? 2 : 1) * 96;
  return set;
}

int source_band(const Plan& plan, int band) {
  if (plan.operation.program) return 0;
  return std::max(0, plan.operation.inputs.front().bands[static_cast<std::size_t>(band)]);
}

}  // namespace cogmill::plan
