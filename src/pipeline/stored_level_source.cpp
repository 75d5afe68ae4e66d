// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/stored_level_source.hpp"

#include "kernels/tile_pack.hpp"
#include "src/io/block_decoder.hpp"
#include "src/io/validity.hpp"
#include "src/pipeline/tile_encoder.hpp"
#include "src/pipeline/tile_layout.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

namespace cogmill::pipeline {
namespace {

/// A tile to decode: where its pixels go, and its bytes.
struct StoredTile {
  io::TileId id;
  partition::Window pixels;  ///< the part of the window it fills, in the level
  std::int64_t tile_col = 0, tile_row = 0;
  std::vector<std::size_t> planes;  ///< planes of the window it fills
  std::vector<std::byte> payload;   ///< empty: sparse
};

class StoredTiles final : public io::Fetched {
 public:
  std::int64_t bytes_read() const override { return 0; }  // never left the job
  partition::Window window;
  std::vector<int> bands;
  std::vector<StoredTile> tiles;
};

io::BlockCoding image_coding(const plan::Plan& plan) {
  const TileLayout layout = tile_layout(plan);
  return {plan.codec.codec, plan.predictor, layout.predictor_shape(),
          static_cast<std::int64_t>(layout.row_bytes()), false};
}

io::BlockCoding mask_coding(const plan::Plan& plan) {
  io::BlockCoding coding;
  coding.codec = kernels::Codec::kDeflate;
  coding.row_bytes = (plan.tile + 7) / 8;
  return coding;
}

class StoredLevelSource final : public io::Source {
 public:
  StoredLevelSource(const plan::Plan& plan, int level, const io::TileStore& own,
                    const io::TileStore& guests)
      : plan_(plan),
        level_(level),
        grid_{plan.levels[static_cast<std::size_t>(level)], plan.tile},
        samples_(static_cast<std::size_t>(plan.image.bands)),
        own_(own),
        guests_(guests),
        workers_([image = image_coding(plan), mask = mask_coding(plan)] {
          return Worker{io::BlockDecoder(image), io::BlockDecoder(mask)};
        }) {
    std::iota(samples_.begin(), samples_.end(), 0);
  }

  std::unique_ptr<io::Fetched> fetch(const partition::Window& window,
                                     std::span<const int> bands) override;
  io::DecodeReport decode(const io::Fetched& fetched,
                          std::span<const kernels::Plane> planes) override;

 private:
  /// One thread's tools.
  struct Worker {
    io::BlockDecoder image, mask;
  };
  void add_tile(StoredTiles& into, std::int64_t col, std::int64_t row, io::TileId id,
                std::vector<std::size_t> planes) const;
  void decode_tile(const StoredTile& tile, std::span<const kernels::Plane> window);
  void fill_empty(const StoredTile& tile, std::span<const int> bands,
                  std::span<const kernels::Plane> window) const;

  const plan::Plan& plan_;
  int level_;
  partition::TileGrid grid_;
  std::vector<int> samples_;  // 0, 1, 2, ...
  const io::TileStore& own_;
  const io::TileStore& guests_;
  tbb::enumerable_thread_specific<Worker> workers_;
};

void StoredLevelSource::add_tile(StoredTiles& into, std::int64_t col, std::int64_t row,
                                 io::TileId id, std::vector<std::size_t> planes) const {
  StoredTile tile;
  tile.id = id;
  tile.pixels = partition::intersect(grid_.tile_window(col, row), into.window);
  tile.tile_col = tile.pixels.col - col * grid_.tile;
  tile.tile_row = tile.pixels.row - row * grid_.tile;
  tile.planes = std::move(planes);
  for (const io::TileStore* store : {&own_, &guests_}) {
    const auto kept = store->find(id);
    if (!kept) continue;
    tile.payload.resize(kept->bytes);
    store->read(*kept, tile.payload);
    break;
  }
  if (id.mask && tile.payload.empty()) throw std::logic_error("a tile of the mask is missing");
  into.tiles.push_back(std::move(tile));
}

std::unique_ptr<io::Fetched> StoredLevelSource::fetch(const partition::Window& window,
                                                      std::span<const int> bands) {
  auto fetched = std::make_unique<StoredTiles>();
  fetched->window = window;
  fetched->bands.assign(bands.begin(), bands.end());
  std::vector<std::size_t> image_planes;
  for (std::size_t i = 0; i < bands.size(); ++i)
    if (bands[i] != io::kMaskBand) image_planes.push_back(i);
  const partition::TileRange range = grid_.tiles_of(window);
  for (std::int64_t row = range.row; row < range.row_end; ++row) {
    for (std::int64_t col = range.col; col < range.col_end; ++col) {
      const std::int64_t tile = grid_.index(col, row);
      if (!plan_.separate_planes) {
        add_tile(*fetched, col, row, {level_, false, tile}, image_planes);
      } else {
        for (const std::size_t i : image_planes)
          add_tile(*fetched, col, row, {level_, false, (bands[i] - 1) * grid_.count() + tile}, {i});
      }
      if (image_planes.size() < bands.size())
        add_tile(*fetched, col, row, {level_, true, tile}, {bands.size() - 1});
    }
  }
  return fetched;
}

/// The part of the window's planes that a tile fills.
std::vector<kernels::Plane> planes_of(const StoredTile& tile,
                                      std::span<const kernels::Plane> planes,
                                      const partition::Window& window) {
  std::vector<kernels::Plane> parts;
  parts.reserve(tile.planes.size());
  for (const std::size_t i : tile.planes) parts.push_back(io::crop(planes[i], window, tile.pixels));
  return parts;
}

void StoredLevelSource::fill_empty(const StoredTile& tile, std::span<const int> bands,
                                   std::span<const kernels::Plane> window) const {
  for (std::size_t i = 0; i < window.size(); ++i) {
    const auto band = static_cast<std::size_t>(bands[tile.planes[i]] - 1);
    const auto pixel = empty_pixel(plan_.image.type, plan_.image.nodata[band]);
    kernels::fill(window[i], pixel.data());
  }
}

void StoredLevelSource::decode_tile(const StoredTile& tile,
                                    std::span<const kernels::Plane> window) {
  Worker& worker = workers_.local();
  if (tile.id.mask) {
    kernels::unpack_mask_bits(worker.mask.decode(tile.payload, grid_.tile), grid_.tile,
                              tile.tile_col, tile.tile_row, window.front());
    return;
  }
  kernels::unpack_tile(worker.image.decode(tile.payload, grid_.tile), grid_.tile,
                       tile_layout(plan_).samples, tile.tile_col, tile.tile_row,
                       std::span(samples_).first(window.size()), window);
}

io::DecodeReport StoredLevelSource::decode(const io::Fetched& fetched,
                                           std::span<const kernels::Plane> planes) {
  const auto& stored = dynamic_cast<const StoredTiles&>(fetched);
  tbb::parallel_for(std::size_t{0}, stored.tiles.size(), [&](std::size_t i) {
    const StoredTile& tile = stored.tiles[i];
    const auto window = planes_of(tile, planes, stored.window);
    if (tile.payload.empty()) {
      fill_empty(tile, stored.bands, window);
    } else {
      decode_tile(tile, window);
    }
  });
  return {};
}

}  // namespace

std::unique_ptr<io::Source> make_stored_level_source(const plan::Plan& plan, int level,
                                                     const io::TileStore& own,
                                                     const io::TileStore& guests) {
  return std::make_unique<StoredLevelSource>(plan, level, own, guests);
}

plan::Operation stored_level_operation(const plan::OutputImage& image) {
  plan::Operation operation;
  plan::InputUse use;
  for (int band = 1; band <= image.bands; ++band) {
    use.bands.push_back(band);
    use.types.push_back(image.type);
  }
  if (image.mask) {
    use.bands.push_back(io::kMaskBand);
    use.types.push_back(kernels::DataType::kUInt8);
  }
  operation.inputs.push_back(use);
  return operation;
}

}  // namespace cogmill::pipeline
